using System.Runtime.CompilerServices;

namespace Voice.Core.Modes;

/// <summary>Says what is written: a greeting, a safety message, the rest of a reply.</summary>
/// <param name="language">In place of the request's, where not null.</param>
internal sealed class ScriptedMode(string text, string? language = null) : IConversationMode
{
    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (language is not null)
        {
            yield return new ReplyPart.Spoken(language);
        }

        yield return new ReplyPart.Text(text);
    }
}
