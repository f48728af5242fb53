using System.Threading.Channels;
using Voice.ServiceDefaults.Live;

namespace Voice.Safety.Tests;

internal sealed class LiveListener : IAsyncDisposable
{
    // More than any test sends; a test that sent more would wait for the reader, which is the test.
    private readonly Channel<LiveIntervention> _heard = Channel.CreateBounded<LiveIntervention>(100);
    private IAsyncDisposable? _subscription;

    public static async Task<LiveListener> StartAsync(LiveChannel live, string sessionId)
    {
        var listener = new LiveListener();
        listener._subscription = await live.SubscribeAsync(sessionId, message => listener._heard.Writer.TryWrite(message), CancellationToken.None).OrTimeout();
        return listener;
    }

    public Task<LiveIntervention> NextAsync() => _heard.Reader.ReadAsync().AsTask().OrTimeout();

    public int Unheard => _heard.Reader.Count;

    public async ValueTask DisposeAsync() => await _subscription!.DisposeAsync();
}
