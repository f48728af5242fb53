using System.Runtime.CompilerServices;
using Voice.Core.Conversations;
using Voice.Core.Providers;
using Voice.Core.Text;

namespace Voice.Core.Modes;

/// <summary>Says in the other language what was said in this one.</summary>
internal sealed class InterpreterMode(ITranslator translator, AgentProfile profile) : IConversationMode
{
    public async IAsyncEnumerable<ReplyPart> ReplyAsync(ReplyRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var other = profile.TargetLanguage ?? throw new ProviderException("unsupported_language", "This interpreter has no target language.");
        var from = LanguageGuess.Choose(request.UserText, request.Language, other);
        var to = from == other ? request.Language : other;
        yield return new ReplyPart.Asked(ResponseUsage.TextTokens(request.UserText));
        var text = await translator.TranslateAsync(request.UserText, from, to, cancellationToken);
        yield return new ReplyPart.Spoken(to);
        yield return new ReplyPart.Translated(from, to, text);
        yield return new ReplyPart.Text(text);
    }
}
