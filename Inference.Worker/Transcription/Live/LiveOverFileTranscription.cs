using System.Buffers;
using System.Threading.Channels;
using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Inference.Transcription.Live;

/// <summary>
/// One stream over a service of whole files. Utterances are posted one after the other, so that they are answered in order; one that the service
/// refuses fails alone. Parts that come before the end of an answer are told as hypotheses.
/// </summary>
internal sealed class LiveOverFileTranscription(IFileTranscriber files, TranscriptionOptions options) : ILiveTranscription
{
    private const int MaxWaiting = 8;
    private static readonly TimeSpan LongestUtterance = TimeSpan.FromMinutes(10);

    // Finals wait for their reader: losing one would leave a commit unanswered.
    private readonly Channel<TranscriptionEvent> _events = Channel.CreateBounded<TranscriptionEvent>(64);

    // Each holds its audio: a commit waits where the service is behind by more.
    private readonly SemaphoreSlim _places = new(MaxWaiting, MaxWaiting);
    private readonly ArrayBufferWriter<byte> _utterance = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _posts = Task.CompletedTask;
    private int _ended;

    public ValueTask AppendAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        if (Pcm16.Duration(_utterance.WrittenCount, options.SampleRate) > LongestUtterance)
        {
            throw new ProviderException("provider_rejected", $"The utterance is longer than {LongestUtterance.TotalMinutes:0} min.");
        }

        _utterance.Write(pcm.Span);
        return ValueTask.CompletedTask;
    }

    public async ValueTask CommitAsync(string utteranceId, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        var audio = new WavAudio(Pcm16.Samples(_utterance.WrittenSpan).ToArray(), options.SampleRate);
        _utterance.ResetWrittenCount();
        _posts = AnswerAsync(_posts, utteranceId, _ended++, audio);
    }

    public ValueTask ClearAsync(CancellationToken cancellationToken)
    {
        _utterance.ResetWrittenCount();
        _ended++;
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

    private async Task AnswerAsync(Task before, string utteranceId, int index, WavAudio audio)
    {
        await before;
        TranscriptionEvent answer;
        try
        {
            answer = await PostAsync(utteranceId, index, audio, _closing.Token);
        }
        catch (ProviderException failure)
        {
            answer = new TranscriptionEvent.Failed(utteranceId, failure.Message);
        }

        await _events.Writer.WriteAsync(answer, _closing.Token);
        _places.Release();
    }

    private async Task<TranscriptionEvent> PostAsync(string utteranceId, int index, WavAudio audio, CancellationToken cancellationToken)
    {
        var heard = new LiveUtterance(index, 0);
        heard.Commit(utteranceId, 0);
        if (audio.Samples.Length > 0)
        {
            var request = new FileTranscriptionOptions(options.Model, options.Language, options.Prompt, Streaming: true);
            await foreach (var segment in files.TranscribeAsync(audio, request, cancellationToken))
            {
                if (heard.Text.Length > 0)
                {
                    // Only where there is more than one part: a lone one is the answer itself.
                    await _events.Writer.WriteAsync(new TranscriptionEvent.Partial(heard.Text) { Utterance = index }, cancellationToken);
                }

                heard.Add(segment.Text, segment.Confidence, segment.Words);
            }
        }

        return heard.Event()!;
    }
}
