using System.Runtime.CompilerServices;
using Voice.Core.Providers;
using Voice.Inference.Audio;

namespace Voice.Inference.Speech;

/// <summary>Speech, compressed as it is made.</summary>
internal sealed class SpeechEncoder(Ffmpeg ffmpeg, TimeProvider time)
{
    /// <summary>Longer than 4,096 characters take at the slowest speed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public bool IsInstalled => ffmpeg.IsInstalled;

    /// <param name="pcm">At <see cref="ISpeechSynthesizer.SampleRate"/>.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> EncodeAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> pcm, SpeechFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var blocks = pcm.GetAsyncEnumerator(stop.Token);
        // A refusal of the engine costs no process.
        var first = await blocks.MoveNextAsync();
        await using var process = await ffmpeg.EncodeAsync(format.Codec!, format.Muxer, format.BitRate, ISpeechSynthesizer.SampleRate, Longest, cancellationToken);
        var feeding = FeedAsync(first, blocks, process, stop.Token);
        try
        {
            while (await ReadAsync(process, feeding, cancellationToken) is { IsEmpty: false } block)
            {
                yield return block;
            }

            await feeding;
            if (await process.ReasonAsync(cancellationToken) is { } reason)
            {
                throw new ProviderException("provider_failed", $"The speech could not be compressed: {reason}.");
            }
        }
        finally
        {
            await stop.CancelAsync();
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(FfmpegProcess process, Task feeding, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        // As long as the engine speaks, silence is its own; the encoder's begins when it has everything.
        var reading = process.Output.ReadAsync(buffer, cancellationToken).AsTask();
        await Task.WhenAny(reading, feeding);
        if (feeding.IsFaulted)
        {
            await feeding;
        }

        try
        {
            return buffer.AsMemory(0, feeding.IsCompleted ? await reading.WaitAsync(ffmpeg.Stall, time, cancellationToken) : await reading);
        }
        catch (TimeoutException failure)
        {
            throw new ProviderException("provider_failed", "The speech could not be compressed in time.", failure);
        }
    }

    private static async Task FeedAsync(bool more, IAsyncEnumerator<ReadOnlyMemory<byte>> blocks, FfmpegProcess process, CancellationToken cancellationToken)
    {
        try
        {
            for (; more; more = await blocks.MoveNextAsync())
            {
                await process.Input.WriteAsync(blocks.Current, cancellationToken);
            }
        }
        catch (IOException)
        {
            // It is gone, and says why.
        }
        finally
        {
            await process.Input.DisposeAsync();
        }
    }
}
