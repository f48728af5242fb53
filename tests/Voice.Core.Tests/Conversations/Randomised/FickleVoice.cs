using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>A synthesizer that does what the script says.</summary>
internal sealed class FickleVoice(TimeProvider time) : ISpeechSynthesizer
{
    public Step.Voice Does { get; set; } = new(50, 10, 2_400, null, 0, false);

    public int Running { get; private set; }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var does = Does;
        Running++;
        try
        {
            if (does.Unreachable > 0)
            {
                Does = does with { Unreachable = does.Unreachable - 1 };
                throw new ProviderException("provider_unavailable", "no worker");
            }

            await Task.Delay(does.Stalls ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(does.First), time, cancellationToken);
            var made = 0;
            foreach (var _ in request.Text.Split(' '))
            {
                if (made++ == does.FailAt)
                {
                    throw new ProviderException("provider_failed", "scripted");
                }

                if (does.Each > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(does.Each), time, cancellationToken);
                }

                yield return new byte[2 * does.Block];
            }
        }
        finally
        {
            Running--;
        }
    }
}
