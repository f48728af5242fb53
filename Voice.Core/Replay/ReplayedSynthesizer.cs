using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Replay;

/// <summary>Silence as long as the speech was.</summary>
internal sealed class ReplayedSynthesizer(RecordedCalls calls) : ISpeechSynthesizer
{
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in calls.PlayAsync(cancellationToken))
        {
            if (entry.Event == "audio")
            {
                yield return new byte[entry.Bytes ?? 0];
            }
        }
    }
}
