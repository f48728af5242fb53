using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Api.Tests.SpeechCache;

/// <summary>100 ms of audio per word, each sample the number of the synthesis.</summary>
internal sealed class CountingSynthesizer : ISpeechSynthesizer
{
    public List<SpeechRequest> Requests { get; } = [];

    /// <summary>Fails after this many blocks.</summary>
    public int? FailAfter { get; set; }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Requests.Add(request);
        var number = (byte)Requests.Count;
        var blocks = 0;
        foreach (var _ in request.Text.Split(' '))
        {
            if (blocks++ == FailAfter)
            {
                throw new ProviderException("provider_failed", "scripted failure");
            }

            var block = new byte[4_800];
            Array.Fill(block, number);
            yield return block;
        }
    }
}
