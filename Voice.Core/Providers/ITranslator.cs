namespace Voice.Core.Providers;

/// <summary>Text translation. Thread-safe. Throws <see cref="ProviderException"/> for a language pair it lacks, or where it fails.</summary>
public interface ITranslator
{
    /// <param name="from">BCP-47 source language.</param>
    /// <param name="to">BCP-47 target language.</param>
    ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken);
}
