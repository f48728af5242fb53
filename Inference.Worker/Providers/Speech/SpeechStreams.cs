using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Providers.Speech;

/// <summary>Audio as a service sends it, to blocks of whole samples. A stream that breaks off is a failure, never a silent end.</summary>
internal static class SpeechStreams
{
    private const int BlockLength = 4_800;

    /// <summary>A body that is raw PCM.</summary>
    /// <param name="limit">The longest wait for the next byte.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response, string who, TimeSpan limit, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequireAudio(response, who);
        using var silence = new SilenceLimit(limit, time, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var samples = new WholeSamples();
        var buffer = new byte[BlockLength];
        while (await ReadAsync(body, buffer, who, silence) is > 0 and var read)
        {
            if (samples.Add(buffer.AsSpan(0, read)) is { IsEmpty: false } block)
            {
                yield return block;
            }
        }
    }

    /// <summary>Messages until one is the end.</summary>
    /// <param name="closed">What a connection closed before its time means; null where the service does not say.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        ProviderSocket socket,
        Func<SocketMessage, SpeechFrame> parse,
        Func<ProviderSocket, ProviderException?> closed,
        string who,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var samples = new WholeSamples();
        while (true)
        {
            var message = await socket.ReceiveAsync(cancellationToken)
                ?? throw closed(socket) ?? new ProviderException("provider_failed", $"{who} closed the connection before it had said everything.");
            var frame = parse(message);
            if (frame.Failure is { } failure)
            {
                throw failure;
            }

            if (samples.Add(frame.Audio.Span) is { IsEmpty: false } block)
            {
                yield return block;
            }

            if (frame.IsEnd)
            {
                yield break;
            }
        }
    }

    /// <summary>Server-sent events until one is the end.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEventsAsync(
        HttpResponseMessage response, SpeechEventParser parse, string who, TimeSpan limit, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new SilenceLimit(limit, time, cancellationToken);
        await using var body = new BoundedEvents(await response.Content.ReadAsStreamAsync(cancellationToken));
        await using var frames = SseParser.Create(body, (_, data) => parse(data)).EnumerateAsync(silence.Token).GetAsyncEnumerator(silence.Token);
        var samples = new WholeSamples();
        while (await NextAsync(frames, who, silence))
        {
            var frame = frames.Current.Data;
            if (frame.Failure is { } failure)
            {
                throw failure;
            }

            if (samples.Add(frame.Audio.Span) is { IsEmpty: false } block)
            {
                yield return block;
            }

            if (frame.IsEnd)
            {
                yield break;
            }
        }

        throw new ProviderException("provider_failed", $"{who} closed the connection before it had said everything.");
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<SpeechFrame>> frames, string who, SilenceLimit silence)
    {
        try
        {
            silence.Listen();
            var more = await frames.MoveNextAsync();
            silence.Heard();
            return more;
        }
        catch (Exception failure) when (StreamFailures.Translate(failure, silence, who) is { } known)
        {
            throw known;
        }
    }

    /// <summary>The next bytes of a body, within the time that silence may take; 0 at its end.</summary>
    public static async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, string who, SilenceLimit silence)
    {
        try
        {
            silence.Listen();
            var read = await body.ReadAsync(buffer, silence.Token);
            silence.Heard();
            return read;
        }
        catch (Exception failure) when (StreamFailures.Translate(failure, silence, who) is { } known)
        {
            throw known;
        }
    }

    /// <summary>A whole body that is not to be streamed: a list, or audio within JSON.</summary>
    public static async Task<byte[]> ReadWholeAsync(HttpResponseMessage response, int longest, string who, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var silence = new SilenceLimit(limit, time, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await ReadAsync(body, buffer, who, silence) is > 0 and var read)
        {
            if (whole.Length + read > longest)
            {
                throw new ProviderException("provider_failed", $"{who} answered with more than {longest / (1024 * 1024)} MB.");
            }

            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }

    /// <summary>Servers and proxies answer some errors with status 200 and a page.</summary>
    private static void RequireAudio(HttpResponseMessage response, string who)
    {
        if (response.Content.Headers.ContentType?.MediaType is { } type && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.EndsWith("json", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProviderException("provider_failed", $"{who} answered with something that is not audio.");
        }
    }
}
