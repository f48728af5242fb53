using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Api.Realtime;

/// <summary>How audio is written on the wire: 16-bit samples at a rate, or telephone samples of 8 bits at 8 kHz.</summary>
internal readonly record struct AudioFormat(AudioEncoding Encoding, int Rate)
{
    public static readonly AudioFormat Default = new(AudioEncoding.Pcm, ISpeechSynthesizer.SampleRate);

    public static readonly AudioFormat MuLaw = new(AudioEncoding.MuLaw, 8_000);

    public static readonly AudioFormat ALaw = new(AudioEncoding.ALaw, 8_000);

    public int BytesPerSample => Encoding == AudioEncoding.Pcm ? sizeof(short) : 1;

    public string Type => Encoding switch { AudioEncoding.MuLaw => "audio/pcmu", AudioEncoding.ALaw => "audio/pcma", _ => "audio/pcm" };

    /// <param name="samples">Holds one for each byte of <paramref name="codes"/>. Not for <see cref="AudioEncoding.Pcm"/>, whose bytes are samples.</param>
    public void Decode(ReadOnlySpan<byte> codes, Span<short> samples)
    {
        if (Encoding == AudioEncoding.MuLaw)
        {
            G711.DecodeMuLaw(codes, samples);
        }
        else
        {
            G711.DecodeALaw(codes, samples);
        }
    }

    /// <param name="codes">Holds one for each of <paramref name="samples"/>. Not for <see cref="AudioEncoding.Pcm"/>.</param>
    public void Encode(ReadOnlySpan<short> samples, Span<byte> codes)
    {
        if (Encoding == AudioEncoding.MuLaw)
        {
            G711.EncodeMuLaw(samples, codes);
        }
        else
        {
            G711.EncodeALaw(samples, codes);
        }
    }
}

internal enum AudioEncoding
{
    Pcm,
    MuLaw,
    ALaw,
}
