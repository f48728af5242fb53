namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>One answer of a speech service, in its own protocol.</summary>
/// <param name="text">What it was asked to say, as the service understands it.</param>
internal abstract class SpeechLine(string text, CancellationToken cancellationToken)
{
    public string Text => text;

    /// <summary>The client has gone.</summary>
    public CancellationToken Token => cancellationToken;

    /// <summary>Sends some PCM of 24 kHz; any number of bytes.</summary>
    public abstract Task AudioAsync(ReadOnlyMemory<byte> pcm);

    public abstract Task EndAsync();

    /// <summary>Sends what is no answer of this protocol.</summary>
    public abstract Task GarbageAsync();

    /// <summary>The connection breaks off.</summary>
    public abstract void Cut();

    public Task ForeverAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Token);
}
