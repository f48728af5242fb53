using System.Runtime.CompilerServices;

namespace Voice.Core.Modes;

/// <summary>Says what is written: a greeting, a safety message.</summary>
internal sealed class ScriptedMode(string text) : IConversationMode
{
    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return new ReplyPart.Text(text);
    }
}
