using System.Runtime.InteropServices;

namespace Voice.Inference.Speech;

/// <summary>The C API of flite 2.2. Only a speaker process calls it.</summary>
internal static unsafe partial class Flite
{
    private const string Library = "libflite.so.1";

    /// <summary>Offset of <c>features</c> in <c>cst_voice</c>, of <c>asc</c> in <c>cst_audio_streaming_info</c>.</summary>
    public const int PointerOffset = 8;

    [LibraryImport(Library, EntryPoint = "flite_init")]
    public static partial int Initialize();

    [LibraryImport("libflite_cmu_us_slt.so.1", EntryPoint = "register_cmu_us_slt")]
    public static partial nint RegisterSlt(nint folder);

    [LibraryImport(Library, EntryPoint = "new_audio_streaming_info")]
    public static partial nint CreateStreaming();

    [LibraryImport(Library, EntryPoint = "audio_streaming_info_val")]
    public static partial nint StreamingValue(nint streaming);

    /// <summary>Keeps the pointer of <paramref name="name"/>, which therefore must never be freed.</summary>
    [LibraryImport(Library, EntryPoint = "feat_set")]
    public static partial void SetFeature(nint features, nint name, nint value);

    [LibraryImport(Library, EntryPoint = "feat_set_float")]
    public static partial void SetFeature(nint features, nint name, float value);

    [LibraryImport(Library, EntryPoint = "flite_text_to_wave")]
    public static partial Wave* Synthesize([MarshalAs(UnmanagedType.LPUTF8Str)] string text, nint voice);

    [LibraryImport(Library, EntryPoint = "delete_wave")]
    public static partial void Delete(Wave* wave);

    [StructLayout(LayoutKind.Sequential)]
    public struct Wave
    {
        public nint Type;
        public int SampleRate;
        public int Samples;
        public int Channels;
        public short* Data;
    }
}
