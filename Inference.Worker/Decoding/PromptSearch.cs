using System.Runtime.InteropServices;
using Voice.Inference.Speech;

namespace Voice.Inference.Decoding;

/// <summary>
/// Lets a call's own vocabulary weigh in: a model of the prompt beside the general one, in a set that takes the likelier of the two for each word.
/// </summary>
internal static unsafe class PromptSearch
{
    private const string GeneralSearch = "_default";
    private const string CallSearch = "call";
    private const int MaxNewWords = 1_000;
    private const int AutomaticType = 0;

    /// <summary>The decoder's <c>-lw</c>.</summary>
    private const double LanguageWeight = 6.5;

    /// <summary>How far each model is trusted. The prompt is short: beyond its phrases the general model must win easily.</summary>
    private const double GeneralTrust = 0.7;
    private const double PromptTrust = 0.3;

    public static void Use(nint decoder, string prompt)
    {
        var sentences = PromptModel.Sentences(prompt);
        var words = sentences.SelectMany(s => s).Distinct().ToList();
        var unknown = words.Where(word => !IsKnown(decoder, word)).ToHashSet();
        foreach (var word in unknown.Take(MaxNewWords).ToList())
        {
            if (Pronouncer.Phones(word) is { } phones && PocketSphinx.AddWord(decoder, word, phones, 0) >= 0)
            {
                unknown.Remove(word);
            }
        }

        if (words.Count == unknown.Count || Read(decoder, PromptModel.Write(sentences, word => !unknown.Contains(word))) is not (not 0 and var own))
        {
            return;
        }

        // The set takes both models over; the search that is left behind must not take the general one with it.
        var general = PocketSphinx.Retain(PocketSphinx.LanguageModel(decoder, GeneralSearch));
        var set = Combine(decoder, general, own);
        if (set == 0 || PocketSphinx.SetLanguageModel(decoder, CallSearch, set) < 0 || PocketSphinx.SelectSearch(decoder, CallSearch) < 0)
        {
            throw new InvalidOperationException("PocketSphinx refused the language model of a prompt.");
        }

        PocketSphinx.RemoveSearch(decoder, GeneralSearch);
    }

    /// <summary>
    /// Scores inside a set already carry the language weight, so a plain weight next to them is a whisper: 0.01 of 1 is but half of one word's
    /// choice. Raised to the same power, it means what it says.
    /// </summary>
    private static nint Combine(nint decoder, nint general, nint own)
    {
        var models = stackalloc nint[] { general, own };
        var names = stackalloc nint[] { Marshal.StringToCoTaskMemUTF8("general"), Marshal.StringToCoTaskMemUTF8("prompt") };
        var weights = stackalloc float[] { (float)Math.Pow(GeneralTrust, LanguageWeight), (float)Math.Pow(PromptTrust, LanguageWeight) };
        var set = PocketSphinx.CombineLanguageModels(PocketSphinx.Configuration(decoder), models, names, weights, 2);
        return set == 0 ? 0 : PocketSphinx.Interpolate(set, names, weights);
    }

    private static nint Read(nint decoder, string arpa)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, arpa);
            return PocketSphinx.ReadLanguageModel(PocketSphinx.Configuration(decoder), path, AutomaticType, PocketSphinx.LogMath(decoder));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool IsKnown(nint decoder, string word)
    {
        var phones = PocketSphinx.LookUp(decoder, word);
        NativeMemory.Free((void*)phones);
        return phones != 0;
    }
}
