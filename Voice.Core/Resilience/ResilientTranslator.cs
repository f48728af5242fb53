using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Resilience;

internal sealed class ResilientTranslator(ITranslator inner, ProviderChain chain) : ITranslator
{
    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
    {
        await foreach (var translation in chain.StreamAsync(
            (_, token) => OnceAsync(text, from, to, token), static translation => translation.Length > 0, chain.Options.Translation, mayBeEmpty: text.Length == 0, cancellationToken))
        {
            return translation;
        }

        return string.Empty;
    }

    private async IAsyncEnumerable<string> OnceAsync(string text, string from, string to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await inner.TranslateAsync(text, from, to, cancellationToken);
    }
}
