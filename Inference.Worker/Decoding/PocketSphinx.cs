using System.Runtime.InteropServices;

namespace Voice.Inference.Decoding;

/// <summary>The C API of PocketSphinx 5prealpha. Only a decoder process calls it: several of its failures are <c>abort()</c>.</summary>
internal static partial class PocketSphinx
{
    private const string Decoder = "libpocketsphinx.so.3";
    private const string Base = "libsphinxbase.so.3";

    [LibraryImport(Decoder, EntryPoint = "ps_args")]
    public static partial nint Arguments();

    [LibraryImport(Base, EntryPoint = "cmd_ln_parse_r")]
    public static partial nint ParseConfiguration(nint existing, nint definitions, int count, nint arguments, int strict);

    [LibraryImport(Decoder, EntryPoint = "ps_init")]
    public static partial nint Create(nint configuration);

    /// <summary>Forgets what the noise tracker and the voice activity detector have learnt.</summary>
    [LibraryImport(Decoder, EntryPoint = "ps_start_stream")]
    public static partial int StartStream(nint decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_get_feat")]
    public static partial nint Features(nint decoder);

    [LibraryImport(Base, EntryPoint = "cmn_live_update")]
    public static partial void UpdateMean(nint mean);

    [LibraryImport(Decoder, EntryPoint = "ps_start_utt")]
    public static partial int StartUtterance(nint decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_process_raw")]
    public static unsafe partial int Process(nint decoder, short* samples, nuint count, int noSearch, int fullUtterance);

    [LibraryImport(Decoder, EntryPoint = "ps_end_utt")]
    public static partial int EndUtterance(nint decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_get_hyp")]
    public static partial nint Hypothesis(nint decoder, out int score);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_iter")]
    public static partial nint Segments(nint decoder, nint unused);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_next")]
    public static partial nint NextSegment(nint segment);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_word")]
    public static partial nint SegmentWord(nint segment);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_frames")]
    public static partial void SegmentFrames(nint segment, out int first, out int last);

    [LibraryImport(Decoder, EntryPoint = "ps_seg_prob")]
    public static partial int SegmentScores(nint segment, out int acoustic, out int language, out int backOff);

    [LibraryImport(Decoder, EntryPoint = "ps_set_lm")]
    public static partial int SetLanguageModel(nint decoder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, nint model);

    [LibraryImport(Decoder, EntryPoint = "ps_set_search")]
    public static partial int SelectSearch(nint decoder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [LibraryImport(Decoder, EntryPoint = "ps_add_word")]
    public static partial int AddWord(
        nint decoder,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string word,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string phones,
        int update);

    /// <summary>The word's phones, to be freed; 0 where it is not in the dictionary.</summary>
    [LibraryImport(Decoder, EntryPoint = "ps_lookup_word")]
    public static partial nint LookUp(nint decoder, [MarshalAs(UnmanagedType.LPUTF8Str)] string word);

    [LibraryImport(Decoder, EntryPoint = "ps_unset_search")]
    public static partial int RemoveSearch(nint decoder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [LibraryImport(Decoder, EntryPoint = "ps_get_lm")]
    public static partial nint LanguageModel(nint decoder, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [LibraryImport(Base, EntryPoint = "ngram_model_retain")]
    public static partial nint Retain(nint model);

    [LibraryImport(Decoder, EntryPoint = "ps_get_logmath")]
    public static partial nint LogMath(nint decoder);

    [LibraryImport(Decoder, EntryPoint = "ps_get_config")]
    public static partial nint Configuration(nint decoder);

    [LibraryImport(Base, EntryPoint = "ngram_model_read")]
    public static partial nint ReadLanguageModel(
        nint configuration,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        int type,
        nint logMath);

    [LibraryImport(Base, EntryPoint = "ngram_model_set_init")]
    public static unsafe partial nint CombineLanguageModels(nint configuration, nint* models, nint* names, float* weights, int count);

    [LibraryImport(Base, EntryPoint = "ngram_model_set_interp")]
    public static unsafe partial nint Interpolate(nint set, nint* names, float* weights);
}
