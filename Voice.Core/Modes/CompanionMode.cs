using System.Runtime.CompilerServices;
using Voice.Core.Safety;

namespace Voice.Core.Modes;

/// <summary>As an agent, under a guard: to a person in danger no model answers, but what people who know have written.</summary>
internal sealed class CompanionMode(IConversationMode inner) : IConversationMode
{
    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (CrisisLexicon.Assess(request.UserText, request.Language) is { Severity: CrisisSeverities.Crisis } found)
        {
            yield return new ReplyPart.Text(SafetyMessages.For(found.Category, found.Severity, request.Language).Text);
            yield break;
        }

        await foreach (var part in inner.ReplyAsync(request, cancellationToken))
        {
            yield return part;
        }
    }
}
