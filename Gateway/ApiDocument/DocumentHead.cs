using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <summary>Title, servers, tags.</summary>
internal static class DocumentHead
{
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Account"] = "Your own name, password and second factor.",
        ["Agents"] = "Who answers: mode, languages, voice, tools.",
        ["API keys"] = "Credentials of programs, with scopes, expiry and rotation.",
        ["Audit"] = "Every act that matters to security: append-only, hash-chained, exportable.",
        ["Chat"] = "Language models, in OpenAI's shape.",
        ["Errors"] = "Every error that the API may answer.",
        ["Exports"] = "What was made of a conversation after it ended.",
        ["Identity"] = "Where one is signed in.",
        ["Interventions"] = "What the safety guard found and did.",
        ["Limits"] = "Rates and quotas.",
        ["Models"] = "The models there are.",
        ["Organization"] = "An organization, its members and their roles, and invitations.",
        ["Outbox"] = "Mails that were not sent because no mail server is configured.",
        ["Realtime"] = "Live conversations over WebSocket, in OpenAI's Realtime protocol.",
        ["Recordings"] = "The audio of conversations.",
        ["Replay"] = "A conversation's log, and holding it again.",
        ["Sessions"] = "Conversations, live and past.",
        ["Sign-in"] = "Signing in and out, switching organizations, and who one is.",
        ["Sign-up"] = "New accounts, and the proof of an address.",
        ["Speech"] = "Text to speech and speech to text, in OpenAI's shape.",
        ["Tokens"] = "Access and refresh tokens.",
        ["Transcripts"] = "The words of conversations.",
        ["Translation"] = "Text from one language to another.",
        ["Usage"] = "What was used, by day, key and kind.",
    };

    public static JsonObject Of(JsonObject paths)
    {
        var used = paths.SelectMany(path => path.Value!.AsObject()).SelectMany(operation => operation.Value!["tags"]?.AsArray().Select(tag => tag!.GetValue<string>()) ?? [])
            .Distinct().Order(StringComparer.Ordinal);
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "VoiceAspire API",
                ["version"] = "v1",
                ["description"] =
                    "A real-time voice platform. `/api/v1` is the platform's own API, `/v1` speaks OpenAI's: its clients work with `base_url` set to this server.\n\n"
                    + "Errors are problem details with a stable `type` (`/docs/errors`). Lists are paged: give `next_cursor` of one page as `cursor` for the next. "
                    + "What can be changed has an `ETag`, and a change sends it as `If-Match`. Creates take an `Idempotency-Key`. Times are RFC 3339. "
                    + "What belongs to another organization is a 404.\n\nBegin with [Getting started](/docs/getting-started).",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            // Relative: the document is true wherever it is served.
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The server that this document comes from." }),
            ["tags"] = new JsonArray([.. used.Select(tag => (JsonNode)new JsonObject { ["name"] = tag, ["description"] = Tags.GetValueOrDefault(tag, tag) })]),
        };
    }
}
