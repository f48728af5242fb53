using System.ComponentModel.DataAnnotations;

namespace Voice.Inference.Engines;

/// <summary><c>Engines:Transcription</c>, <c>Engines:Chat</c>, <c>Engines:Speech</c>.</summary>
internal sealed class CapabilityOptions : IValidatableObject
{
    public const string Embedded = "embedded";
    public const string Simulated = "simulated";
    public const string OpenAi = "openai";

    [RegularExpression($"^({Embedded}|{Simulated}|{OpenAi})$", ErrorMessage = "Engines:<capability>:Engine must be embedded, simulated or openai.")]
    public string Engine { get; set; } = Embedded;

    /// <summary>Of the OpenAI-compatible server, with its version: <c>http://127.0.0.1:8000/v1</c>.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Sent as a bearer token; empty for servers that want none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The server's model for requests that name none.</summary>
    public string? Model { get; set; }

    /// <summary>Other names under which clients ask for the server's models: <c>Engines:Chat:Models:gpt-4o-mini = qwen3-4b</c>.</summary>
    public Dictionary<string, string> Models { get; set; } = [];

    /// <summary>Voice of the speech server for requests that name none.</summary>
    public string? Voice { get; set; }

    /// <summary>The longest wait for the server's first byte, and between two parts of a stream.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Engines:<capability>:Timeout must be between 1 s and 10 min.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Engine != OpenAi)
        {
            yield break;
        }

        if (BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return new ValidationResult("Engine 'openai' needs Engines:<capability>:BaseUrl, an absolute http or https URL such as https://api.openai.com/v1.", [nameof(BaseUrl)]);
        }

        if (string.IsNullOrWhiteSpace(Model))
        {
            yield return new ValidationResult("Engine 'openai' needs Engines:<capability>:Model, the server's name of the model to use.", [nameof(Model)]);
        }
    }
}
