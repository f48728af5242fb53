using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Processes;
using Voice.Inference.Providers;

namespace Voice.Inference.Speech;

/// <summary>
/// Any language by espeak-ng, one child process per request: it starts in 8 ms, and as a program of its own it keeps its GPL licence to itself.
/// The text goes in on standard input, never on a command line.
/// </summary>
internal sealed class EspeakSynthesizer(IOptions<SpeakerOptions> options, TimeProvider time) : ISpeechSynthesizer, IDisposable
{
    public const string ModelName = "espeak-ng";

    private const int DefaultWordsPerMinute = 165;
    private readonly SemaphoreSlim _places = new(options.Value.Max, options.Value.Max);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(
        SpeechRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechLimits.Require(request, $"The model '{ModelName}'", ssml: true);
        // Each sentence on a line of its own: espeak-ng begins to speak at the first end of a sentence.
        var text = request.IsSsml ? EspeakSsml.Rewrite(request.Text) : string.Join('\n', SpeakableText.Sentences(request.Text.Replace('\0', ' ')));
        var voice = EspeakVoices.Named(request.Voice) ?? EspeakVoices.For(request.Language)
            ?? throw new ProviderException("unsupported_language", $"The model '{ModelName}' does not speak '{EspeakVoices.Printable(request.Language)}'.");
        if (!await _places.WaitAsync(options.Value.Queue, cancellationToken))
        {
            throw new EngineSaturatedException(ModelName, options.Value.Max, TimeSpan.FromSeconds(1));
        }

        try
        {
            using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            await using var blocks = RunAsync(voice, text, request, stop.Token).GetAsyncEnumerator(stop.Token);
            while (await MoveAsync(blocks, cancellationToken))
            {
                yield return blocks.Current;
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> blocks, CancellationToken cancellationToken)
    {
        try
        {
            return await blocks.MoveNextAsync();
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException("provider_failed", "The speech engine took too long.", failure);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> RunAsync(
        string voice,
        string text,
        SpeechRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var process = Start(voice, request);
        try
        {
            var write = WriteAsync(process, text, cancellationToken);
            var output = new RateConverter();
            await foreach (var (pcm, rate) in ReadAsync(process.StandardOutput.BaseStream, cancellationToken))
            {
                if (output.Convert(pcm.Span, rate) is { IsEmpty: false } block)
                {
                    yield return block;
                }
            }

            await write;
            if (output.Flush() is { IsEmpty: false } rest)
            {
                yield return rest;
            }
        }
        finally
        {
            End(process);
        }
    }

    private static Process Start(string voice, SpeechRequest request)
    {
        var start = new ProcessStartInfo("espeak-ng")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in (string[])["-v", voice, "-s", $"{Math.Clamp(DefaultWordsPerMinute * request.Speed, 80, 450):0}", "--stdin", "--stdout"])
        {
            start.ArgumentList.Add(argument);
        }

        if (request.IsSsml)
        {
            start.ArgumentList.Add("-m");
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new ProviderException("provider_unavailable", "espeak-ng is not installed.", failure);
        }
    }

    private static async Task WriteAsync(Process process, string text, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died before it had read everything: its output ends early, which the reader reports.
        }
    }

    private static async IAsyncEnumerable<(ReadOnlyMemory<byte> Pcm, int Rate)> ReadAsync(
        Stream output,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[8_192];
        if (await output.ReadAtLeastAsync(buffer.AsMemory(0, WavWriter.HeaderLength), WavWriter.HeaderLength, false, cancellationToken) < WavWriter.HeaderLength)
        {
            throw new ProviderException("provider_failed", "The speech engine failed.");
        }

        var rate = BitConverter.ToInt32(buffer, 24);
        var kept = 0;
        while (await output.ReadAsync(buffer.AsMemory(kept), cancellationToken) is > 0 and var read)
        {
            var whole = (kept + read) & ~1;
            yield return (buffer.AsMemory(0, whole), rate);
            kept = kept + read - whole;
            buffer[0] = whole < buffer.Length ? buffer[whole] : buffer[0];
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
