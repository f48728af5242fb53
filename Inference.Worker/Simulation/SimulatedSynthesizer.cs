using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Simulation;

/// <summary>A quiet tone, as long as the text would take to say, beginning after a configured time.</summary>
internal sealed class SimulatedSynthesizer(IOptions<EngineOptions> options, TimeProvider time) : ISpeechSynthesizer
{
    private const double SecondsPerCharacter = 0.065;
    private const double Tone = 220;
    private const double Amplitude = 1_000;
    private static readonly int SamplesPerBlock = ISpeechSynthesizer.SampleRate / 10;

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(
        SpeechRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(options.Value.Simulated.FirstAudio, time, cancellationToken);
        var total = (int)(request.Text.Length * SecondsPerCharacter / request.Speed * ISpeechSynthesizer.SampleRate);
        for (var start = 0; start < total; start += SamplesPerBlock)
        {
            var block = new short[Math.Min(SamplesPerBlock, total - start)];
            for (var i = 0; i < block.Length; i++)
            {
                block[i] = Pcm16.FromSingle((float)(Amplitude * Math.Sin(2 * Math.PI * Tone * (start + i) / ISpeechSynthesizer.SampleRate)));
            }

            yield return Pcm16.Bytes(block).ToArray();
        }
    }
}
