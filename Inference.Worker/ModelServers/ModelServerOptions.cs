using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Inference.ModelServers;

/// <summary>Section <c>ModelServers</c>: servers in the same replica, without whose models this worker takes no requests.</summary>
internal sealed class ModelServerOptions : IValidatableObject
{
    public const string Section = "ModelServers";

    /// <summary>By name: <c>ModelServers:Servers:vllm:BaseUrl = http://localhost:8000/v1</c>.</summary>
    public Dictionary<string, ModelServerSettings> Servers { get; set; } = [];

    /// <summary>Model files that are fetched from Blob Storage first, by name below the container <c>models</c>, with their SHA-256.</summary>
    public Dictionary<string, string> Files { get; set; } = [];

    /// <summary>Where they go: a volume that the servers share.</summary>
    public string Folder { get; set; } = "/models";

    /// <summary>Between two looks at a server.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait for an answer; the first of a cold model takes long.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Interval < TimeSpan.FromMilliseconds(50) || Interval > TimeSpan.FromMinutes(10))
        {
            yield return new ValidationResult("ModelServers:Interval must be between 50 ms and 10 min.");
        }

        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(30))
        {
            yield return new ValidationResult("ModelServers:Timeout must be between 1 s and 30 min.");
        }

        foreach (var (name, server) in Servers)
        {
            if (server.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            {
                yield return new ValidationResult($"ModelServers:Servers:{name}:BaseUrl must be an absolute http or https URL with its version, such as http://localhost:8000/v1.");
            }

            if (string.IsNullOrWhiteSpace(server.Model))
            {
                yield return new ValidationResult($"ModelServers:Servers:{name}:Model is required: the server's name of the model that must be loaded.");
            }
        }
    }
}

[OptionsValidator]
internal sealed partial class ModelServerOptionsValidator : IValidateOptions<ModelServerOptions>;
