using System.Net.WebSockets;
using System.Text;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>The service's end of one live stream, in the terms of transcription; what that is on the wire is the derived class's.</summary>
internal abstract class LiveLine(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken)
{
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private readonly List<byte> _audio = [];

    public ProviderRequest Request { get; } = request;

    public CancellationToken Token { get; } = cancellationToken;

    /// <summary>Messages go out in fragments of so many bytes.</summary>
    public int Fragment { get; set; } = int.MaxValue;

    /// <summary>Every text that was said before the audio and beside it.</summary>
    public List<string> Said { get; } = [];

    /// <summary>All audio so far, over all utterances.</summary>
    protected long TotalAudio { get; private set; }

    protected long UtteranceStart { get; private set; }

    /// <summary>Waits until there is audio in the utterance.</summary>
    public async Task HeardAsync()
    {
        while (_audio.Count == 0)
        {
            await ReceiveAsync();
        }
    }

    /// <summary>Waits for the end of the utterance; its audio.</summary>
    public async Task<byte[]> UtteranceAsync()
    {
        UtteranceStart = TotalAudio - _audio.Count;
        while (!await ReceiveAsync())
        {
        }

        byte[] whole = [.. _audio];
        _audio.Clear();
        return whole;
    }

    /// <summary>Reads on until the client says goodbye.</summary>
    public async Task GoodbyeAsync()
    {
        while (socket.State == WebSocketState.Open)
        {
            await ReceiveAsync();
        }
    }

    public abstract Task PartialAsync(string text);

    /// <summary>The answer to the utterance that ended last.</summary>
    public abstract Task FinalAsync(string text);

    public Task GarbageAsync(bool binary) =>
        socket.SendAsync(Encoding.UTF8.GetBytes("{\"type\":\"Results\" \0 secret words"), binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true, Token);

    /// <summary>Ends the connection without a word.</summary>
    public static void Cut() => throw new IOException("The line is cut.");

    /// <summary>What a client sent: true where it ends the utterance.</summary>
    protected abstract Task<bool> TakeAsync(bool binary, byte[] message);

    protected void Add(ReadOnlySpan<byte> audio)
    {
        _audio.AddRange(audio);
        TotalAudio += audio.Length;
    }

    protected Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    protected async Task SendAsync(byte[] message, WebSocketMessageType type)
    {
        for (var at = 0; at < message.Length;)
        {
            var length = Math.Min(Fragment, message.Length - at);
            await socket.SendAsync(message.AsMemory(at, length), type, at + length == message.Length, Token);
            at += length;
        }
    }

    protected async Task<bool> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new OperationCanceledException("The client has closed.");
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return await TakeAsync(part.MessageType == WebSocketMessageType.Binary, _buffer[..length]);
            }
        }
    }
}
