using System.Runtime.CompilerServices;
using Voice.Core.Providers;

namespace Voice.Inference.Providers.Guards;

/// <summary>A live stream that holds its place and is counted by what it was given, for as long as it is open.</summary>
internal sealed class GuardedTranscription(ILiveTranscription inner, ProviderCall call, Action<Exception> broke) : ILiveTranscription
{
    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        call.Heard(pcm.Length);
        return inner.AppendAsync(pcm, cancellationToken);
    }

    public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken) => inner.CommitAsync(utteranceId, cancellationToken);

    public ValueTask ClearAsync(CancellationToken cancellationToken) => inner.ClearAsync(cancellationToken);

    public async IAsyncEnumerable<TranscriptionEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var events = inner.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(events, cancellationToken))
        {
            yield return events.Current;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync();
        }
        finally
        {
            call.Dispose();
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<TranscriptionEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                call.Failed(exception, cancellationToken);
                broke(exception);
            }

            throw;
        }
    }
}
