using System.Runtime.CompilerServices;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Core.Text;

namespace Voice.Core.Replay;

/// <summary>Silence as long as it would take to say the words: for replies that were never spoken.</summary>
internal sealed class PacedSynthesizer(TimeProvider time) : ISpeechSynthesizer
{
    private static readonly TimeSpan FirstAudio = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(200);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(FirstAudio, time, cancellationToken);
        for (var left = SpeakingTime.Of(request.Text) / request.Speed; left > TimeSpan.Zero; left -= Block)
        {
            yield return new byte[Pcm16.Length(left < Block ? left : Block, ISpeechSynthesizer.SampleRate)];
        }
    }
}
