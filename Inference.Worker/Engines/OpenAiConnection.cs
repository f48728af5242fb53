using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Voice.Inference.Engines;

/// <summary>
/// <c>ConnectionStrings:openai</c>, as Aspire writes it: <c>Endpoint=https://api.openai.com/v1;Key=sk-…;Model=gpt-4o-mini</c>, and
/// <c>TranscriptionModel</c> and <c>SpeechModel</c> for the others. A model named here makes its capability the server's; what
/// <c>Engines:&lt;capability&gt;</c> says itself wins.
/// </summary>
internal sealed class OpenAiConnection(IConfiguration configuration) : IPostConfigureOptions<EngineOptions>
{
    public const string Name = "openai";

    public void PostConfigure(string? name, EngineOptions options)
    {
        if (configuration.GetConnectionString(Name) is not { Length: > 0 } text)
        {
            return;
        }

        var connection = new DbConnectionStringBuilder { ConnectionString = text };
        var endpoint = Uri.TryCreate(Value(connection, "Endpoint"), UriKind.Absolute, out var address) ? address : null;
        var key = Value(connection, "Key");
        Apply("Chat", options.Chat, endpoint, key, Value(connection, "Model") ?? Value(connection, "Deployment"));
        Apply("Transcription", options.Transcription, endpoint, key, Value(connection, "TranscriptionModel"));
        Apply("Speech", options.Speech, endpoint, key, Value(connection, "SpeechModel"));
    }

    private void Apply(string capability, CapabilityOptions options, Uri? endpoint, string? key, string? model)
    {
        var section = configuration.GetSection($"{EngineOptions.Section}:{capability}");
        if (model is not null && section[nameof(CapabilityOptions.Engine)] is null)
        {
            options.Engine = CapabilityOptions.OpenAi;
        }

        if (options.Engine != CapabilityOptions.OpenAi || options.BaseUrl is not null)
        {
            // Its key belongs to its address and goes to no other.
            return;
        }

        options.BaseUrl = endpoint;
        options.ApiKey ??= key;
        options.Model ??= model;
    }

    private static string? Value(DbConnectionStringBuilder connection, string key) =>
        connection.TryGetValue(key, out var value) && value is string { Length: > 0 } text ? text : null;
}
