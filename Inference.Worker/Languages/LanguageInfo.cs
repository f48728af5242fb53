namespace Voice.Inference.Languages;

/// <summary>What can be done in a language, and who does it: names that requests take as their <c>model</c>.</summary>
/// <param name="Language">A primary language subtag: <c>en</c>.</param>
/// <param name="Name">In English; null where it is not known here.</param>
/// <param name="Transcription">Who hears it.</param>
/// <param name="Speech">Who speaks it.</param>
/// <param name="Translation">Who translates from it or into it.</param>
internal sealed record LanguageInfo(string Language, string? Name, IReadOnlyList<string> Transcription, IReadOnlyList<string> Speech, IReadOnlyList<string> Translation);
