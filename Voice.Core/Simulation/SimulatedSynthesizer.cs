using System.Runtime.CompilerServices;
using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Core.Simulation;

/// <summary>A quiet tone, as long as the text would take to say, beginning after a configured time.</summary>
public sealed class SimulatedSynthesizer(SimulationOptions options, TimeProvider time) : ISpeechSynthesizer
{
    private const double SecondsPerCharacter = 0.065;
    private const int SamplesPerBlock = ISpeechSynthesizer.SampleRate / 10;

    // Whole periods fit into a block, so that every block is this one: making sound must not be what a load test measures.
    private static readonly ReadOnlyMemory<byte> Block = Tone(frequency: 220, amplitude: 1_000);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(options.FirstAudio, time, cancellationToken);
        var started = time.GetTimestamp();
        var total = (int)(request.Text.Length * SecondsPerCharacter / request.Speed * ISpeechSynthesizer.SampleRate);
        for (var sent = 0; sent < total; sent += SamplesPerBlock)
        {
            if (options.SpeechRate > 0 && (TimeSpan.FromSeconds(sent / (double)ISpeechSynthesizer.SampleRate) / options.SpeechRate) - time.GetElapsedTime(started) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            yield return Block[..(2 * Math.Min(SamplesPerBlock, total - sent))];
        }
    }

    private static ReadOnlyMemory<byte> Tone(double frequency, double amplitude)
    {
        var samples = new short[SamplesPerBlock];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Pcm16.FromSingle((float)(amplitude * Math.Sin(2 * Math.PI * frequency * i / ISpeechSynthesizer.SampleRate)));
        }

        return Pcm16.Bytes(samples).ToArray();
    }
}
