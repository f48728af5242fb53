using Microsoft.Extensions.AI;

namespace Voice.Inference.Chat;

/// <summary>What the responder looks at: the last two things the user said, and the knowledge in the system message.</summary>
/// <param name="Language">Primary subtag: <c>en</c>, <c>ko</c>, ...</param>
/// <param name="UserTurns">How many times the user has spoken.</param>
internal sealed record ReplyContext(string Mode, string Language, string Latest, string? Previous, int UserTurns, KnowledgeBase Knowledge)
{
    public const string Companion = "companion";

    public static ReplyContext From(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var said = new List<string>();
        var system = "";
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.User)
            {
                said.Add(message.Text);
            }
            else if (message.Role == ChatRole.System || message.Role.Value == "developer")
            {
                system += message.Text + "\n";
            }
        }

        var latest = said.Count == 0 ? "" : said[^1];
        var metadata = options?.AdditionalProperties?.GetValueOrDefault("metadata") as IReadOnlyDictionary<string, string>;
        return new ReplyContext(
            metadata?.GetValueOrDefault("mode") ?? "agent",
            (metadata?.GetValueOrDefault("language") ?? (IsKorean(latest) ? "ko" : "en")).Split('-')[0].ToLowerInvariant(),
            latest,
            said.Count < 2 ? null : said[^2],
            said.Count,
            KnowledgeBase.Parse(system));
    }

    private static bool IsKorean(string text) => text.Any(c => c is >= '\uac00' and <= '\ud7a3');
}
