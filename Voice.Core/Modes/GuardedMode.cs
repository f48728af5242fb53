using System.Runtime.CompilerServices;
using Voice.Core.Safety;

namespace Voice.Core.Modes;

/// <summary>
/// To a person in danger no model answers, but what people who know have written. A companion is guarded against every danger; an
/// agent against those in which "I do not have that information" would be cruel.
/// </summary>
internal sealed class GuardedMode(IConversationMode inner, bool everyDanger) : IConversationMode
{
    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (CrisisLexicon.Assess(request.UserText, request.Language) is { Severity: CrisisSeverities.Crisis } found
            && (everyDanger || found.Category is CrisisCategories.Suicide or CrisisCategories.SelfHarm))
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
