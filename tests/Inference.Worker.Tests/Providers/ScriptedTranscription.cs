using System.Threading.Channels;
using Voice.Core.Providers;

namespace Voice.Inference.Tests.Providers;

/// <summary>Answers every commit with its provider's name.</summary>
internal sealed class ScriptedTranscription(string name) : ILiveTranscription
{
    private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(16);

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken) =>
        _events.Writer.WriteAsync(new TranscriptionEvent.Final(utteranceId, $"heard by {name}", 1), cancellationToken);

    public ValueTask ClearAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public IAsyncEnumerable<TranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}
