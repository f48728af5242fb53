using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.Speech;

/// <summary>Speech that comes as a whole WAV file, of any rate and encoding.</summary>
internal static class WavSpeech
{
    private const int SamplesPerBlock = ISpeechSynthesizer.SampleRate / 5;

    /// <summary>Blocks of 200 ms.</summary>
    /// <exception cref="ProviderException">It is no WAV file.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Blocks(ReadOnlySpan<byte> file, string who)
    {
        WavAudio audio;
        try
        {
            audio = WavReader.Read(file);
        }
        catch (WavFormatException failure)
        {
            throw new ProviderException("provider_failed", $"{who} answered with something that is not audio.", failure);
        }

        if (!StreamingResampler.Supports(audio.SampleRate, ISpeechSynthesizer.SampleRate))
        {
            throw new ProviderException("provider_failed", $"{who} answered with audio of {audio.SampleRate} Hz, which is not read.");
        }

        var samples = audio.SampleRate == ISpeechSynthesizer.SampleRate
            ? audio.Samples
            : StreamingResampler.Resample(audio.Samples, audio.SampleRate, ISpeechSynthesizer.SampleRate);
        return samples.Chunk(SamplesPerBlock).Select(block => (ReadOnlyMemory<byte>)Pcm16.Bytes(block).ToArray());
    }
}
