using Voice.Core.Providers;

namespace Voice.Inference.Translation;

/// <summary>
/// English and Spanish by Apertium behind a phrasebook of what is said at a clinic. Both are drafts: good enough for the gist, not for consent.
/// </summary>
internal sealed class EmbeddedTranslator(ApertiumPipelines pipelines) : ITranslator
{
    public const string ModelName = "apertium";

    public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
    {
        var (source, target) = (Primary(from), Primary(to));
        if (source == target)
        {
            return text;
        }

        var pipeline = pipelines.Find(source, target)
            ?? throw new ProviderException("unsupported_language", $"The model '{ModelName}' translates {pipelines.Describe()} only.");
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        return Phrasebook.Find(text, source, target) ?? await TranslateSentencesAsync(pipeline, text, source, target, cancellationToken);
    }

    private static async Task<string> TranslateSentencesAsync(ApertiumPipeline pipeline, string text, string source, string target, CancellationToken cancellationToken)
    {
        var translated = new List<string>();
        foreach (var sentence in Chat.Sentence.Split(text))
        {
            translated.Add(Phrasebook.Find(sentence, source, target) ?? await pipeline.TranslateAsync(Glossary.Prepare(sentence, source), cancellationToken));
        }

        return Glossary.Correct(string.Join(' ', translated), target);
    }

    private static string Primary(string language) => language.Split('-')[0].ToLowerInvariant();
}
