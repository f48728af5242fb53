using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Engines;

namespace Voice.Inference.Upstream;

/// <summary>One stream over a batch server. Commits are posted one after the other, so that they are answered in order.</summary>
internal sealed class OpenAiTranscription(UpstreamServer server, CapabilityOptions upstream, TranscriptionOptions request) : ILiveTranscription
{
    private static readonly TimeSpan LongestUtterance = TimeSpan.FromMinutes(10);

    // Finals wait for their reader: losing one would leave a commit unanswered.
    private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(64);
    private readonly ArrayBufferWriter<byte> _utterance = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _posts = Task.CompletedTask;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        if (Pcm16.Duration(_utterance.WrittenCount, request.SampleRate) > LongestUtterance)
        {
            throw new ProviderException("provider_rejected", $"The utterance is longer than {LongestUtterance.TotalMinutes:0} min.");
        }

        _utterance.Write(pcm.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
    {
        var file = WavWriter.Write(_utterance.WrittenSpan, request.SampleRate);
        _utterance.ResetWrittenCount();
        _posts = AnswerAsync(_posts, utteranceId, file);
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        _utterance.ResetWrittenCount();
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<TranscriptionEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _posts.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _events.Writer.TryComplete();
        _closing.Dispose();
    }

    private async Task AnswerAsync(Task before, string utteranceId, byte[] file)
    {
        await before;
        TranscriptionEvent answer;
        try
        {
            answer = file.Length == WavWriter.HeaderLength
                ? new TranscriptionEvent.Final(utteranceId, "", null)
                : new TranscriptionEvent.Final(utteranceId, await PostAsync(file, _closing.Token), null);
        }
        catch (ProviderException failure)
        {
            answer = new TranscriptionEvent.Failed(utteranceId, failure.Message);
        }

        await _events.Writer.WriteAsync(answer, _closing.Token);
    }

    private async Task<string> PostAsync(byte[] file, CancellationToken cancellationToken)
    {
        var audio = new ByteArrayContent(file);
        audio.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        using var form = new MultipartFormDataContent
        {
            { audio, "file", "utterance.wav" },
            { new StringContent(request.Model ?? upstream.Model!), "model" },
            { new StringContent(request.Language.Split('-')[0]), "language" },
            { new StringContent("json"), "response_format" },
        };
        if (request.Prompt is { Length: > 0 } prompt)
        {
            form.Add(new StringContent(prompt), "prompt");
        }

        using var response = await server.SendAsync(upstream, "audio/transcriptions", form, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return document.RootElement.GetProperty("text").GetString()?.Trim() ?? "";
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new ProviderException("provider_failed", "The configured model server answered without a transcript.", failure);
        }
    }
}
