using System.Runtime.InteropServices;

namespace Voice.Inference.Speech;

/// <summary>
/// How a word that no dictionary has is said: flite's letter-to-sound rules, in the phones that CMU's acoustic models use. Only an engine
/// process calls it.
/// </summary>
internal static partial class Pronouncer
{
    private const string Library = "libflite.so.1";
    private static readonly Lazy<nint> Lexicon = new(() =>
    {
        Flite.Initialize();
        return CreateLexicon();
    });

    /// <summary>"riverton" -> "R IH V ER T AH N"; null where the rules give none.</summary>
    public static string? Phones(string word)
    {
        var phones = new List<string>();
        for (var cell = Lookup(Lexicon.Value, word, 0, 0); cell != 0; cell = Rest(cell))
        {
            if (Marshal.PtrToStringUTF8(Text(First(cell))) is { Length: > 0 } phone)
            {
                phones.Add(Cmu(phone.TrimEnd('0', '1', '2')));
            }
        }

        return phones.Count == 0 ? null : string.Join(' ', phones);
    }

    private static string Cmu(string phone) => phone is "ax" ? "AH" : phone.ToUpperInvariant();

    [LibraryImport("libflite_cmulex.so.1", EntryPoint = "cmu_lex_init")]
    private static partial nint CreateLexicon();

    [LibraryImport(Library, EntryPoint = "lex_lookup")]
    private static partial nint Lookup(nint lexicon, [MarshalAs(UnmanagedType.LPUTF8Str)] string word, nint partOfSpeech, nint features);

    [LibraryImport(Library, EntryPoint = "val_car")]
    private static partial nint First(nint list);

    [LibraryImport(Library, EntryPoint = "val_cdr")]
    private static partial nint Rest(nint list);

    [LibraryImport(Library, EntryPoint = "val_string")]
    private static partial nint Text(nint value);
}
