using System.Text.Json;
using Voice.Api.Realtime.Wire;

namespace Voice.Api.Realtime.ClientSecrets;

/// <summary>Body of <c>POST /v1/realtime/client_secrets</c>: OpenAI's, and <c>voiceaspire{agent, origin, max_uses}</c>.</summary>
/// <param name="Session">As <c>session.update</c> has it; with type <c>realtime</c> where the body has none.</param>
/// <param name="Agent">Id or name; null where the body names none.</param>
internal sealed record ClientSecretRequest(JsonElement Session, bool Transcription, string? Agent, string? Origin, int MaxUses, TimeSpan Lifetime)
{
    private const int DefaultSeconds = 60;
    private const int MaxSessionLength = 64 * 1024;

    private static readonly JsonElement NoSession = JsonElement.Parse("""{"type":"realtime"}""");

    public static ClientSecretRequest Read(JsonElement body)
    {
        var fields = new JsonFields(body, string.Empty);
        var seconds = fields.Take("expires_after", out var after) && after.ValueKind != JsonValueKind.Null ? Seconds(after) : DefaultSeconds;
        var session = fields.Take("session", out var given) && given.ValueKind != JsonValueKind.Null ? given : NoSession;
        var parts = new JsonFields(session, "session");
        var type = parts.RequiredString("type");
        var model = parts.String("model");
        if (session.GetRawText().Length > MaxSessionLength)
        {
            throw new ProtocolException("invalid_value", $"'session' must have at most {MaxSessionLength} characters.", "session");
        }

        string? agent = null, origin = null;
        var uses = 1;
        if (fields.Take("voiceaspire", out var own) && own.ValueKind != JsonValueKind.Null)
        {
            var extension = new JsonFields(own, "voiceaspire");
            agent = extension.String("agent");
            origin = extension.String("origin") is { } text ? ParseOrigin(text, extension) : null;
            uses = extension.Integer("max_uses", 1, 100) ?? 1;
            extension.End();
        }

        fields.End();
        return new ClientSecretRequest(session.Clone(), type == SessionState.Transcribing, agent ?? model, origin, uses, TimeSpan.FromSeconds(seconds));
    }

    private static int Seconds(JsonElement element)
    {
        var fields = new JsonFields(element, "expires_after");
        if (fields.String("anchor") is not (null or "created_at"))
        {
            throw fields.Invalid("anchor", "must be created_at");
        }

        var seconds = fields.Integer("seconds", 10, 7_200) ?? DefaultSeconds;
        fields.End();
        return seconds;
    }

    /// <summary>As a browser sends it: scheme, host and port, nothing after it.</summary>
    private static string ParseOrigin(string text, JsonFields fields) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http") && uri.UserInfo.Length == 0 && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
            ? uri.GetLeftPart(UriPartial.Authority)
            : throw fields.Invalid("origin", "must be an origin such as https://www.example.com");
}
