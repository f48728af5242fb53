using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations;

/// <summary>100 ms of audio per word, in blocks of 100 ms made every 10 ms, the first after 60 ms.</summary>
internal sealed class ScriptedSpeech(TimeProvider time) : ISpeechSynthesizer
{
    public List<SpeechRequest> Requests { get; } = [];

    public bool Failing { get; set; }

    public int Running { get; private set; }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Requests.Add(request);
        Running++;
        try
        {
            if (Failing)
            {
                throw new ProviderException("provider_failed", "scripted failure");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
            foreach (var _ in request.Text.Split(' '))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
                yield return new byte[4_800];
            }
        }
        finally
        {
            Running--;
        }
    }
}
