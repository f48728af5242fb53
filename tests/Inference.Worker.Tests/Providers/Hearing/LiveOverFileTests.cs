using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Transcription;
using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>The live adapter that services of whole files share.</summary>
public sealed class LiveOverFileTests
{
    private readonly Service _service = new();

    [Fact]
    public async Task Utterances_are_posted_one_after_the_other_and_answered_in_order()
    {
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        for (var i = 1; i <= 3; i++)
        {
            await stream.AppendAsync(new byte[i * 2], default);
            await stream.CommitAsync($"u{i}", default).AsTask().OrTimeout();
        }

        for (var i = 1; i <= 3; i++)
        {
            var asked = await _service.NextAsync();
            Assert.Equal(i, asked.Audio.Samples.Length);
            Assert.Equal(0, _service.Waiting);
            asked.Answer.Writer.TryWrite($"text {i}");
            asked.Answer.Writer.Complete();
            var final = Assert.IsType<TranscriptionEvent.Final>(await NextAsync(events));
            Assert.Equal(($"u{i}", $"text {i}"), (final.UtteranceId, final.Text));
        }
    }

    [Fact]
    public async Task Parts_before_the_last_are_hypotheses_of_their_utterance()
    {
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(new byte[8], default);
        await stream.ClearAsync(default);
        await stream.AppendAsync(new byte[4], default);
        await stream.CommitAsync("u", default);
        var asked = await _service.NextAsync();
        asked.Answer.Writer.TryWrite("One.");
        asked.Answer.Writer.TryWrite("Two.");
        asked.Answer.Writer.Complete();

        Assert.Equal(2, asked.Audio.Samples.Length);
        Assert.Equal(new TranscriptionEvent.Partial("One.") { Utterance = 1 }, await NextAsync(events));
        Assert.Equal("One. Two.", Assert.IsType<TranscriptionEvent.Final>(await NextAsync(events)).Text);
    }

    [Fact]
    public async Task One_that_is_refused_fails_alone()
    {
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        foreach (var id in new[] { "bad", "good" })
        {
            await stream.AppendAsync(new byte[4], default);
            await stream.CommitAsync(id, default);
        }

        (await _service.NextAsync()).Answer.Writer.Complete(new ProviderException("provider_failed", "They failed."));
        Assert.Equal(new TranscriptionEvent.Failed("bad", "They failed."), await NextAsync(events));
        (await _service.NextAsync()).Answer.Writer.Complete();
        Assert.Equal("good", Assert.IsType<TranscriptionEvent.Final>(await NextAsync(events)).UtteranceId);
    }

    [Fact]
    public async Task A_commit_waits_where_the_service_is_far_behind_and_disposal_ends_its_requests()
    {
        var stream = await StartAsync();
        for (var i = 0; i < 8; i++)
        {
            await stream.AppendAsync(new byte[4], default);
            await stream.CommitAsync($"u{i}", default).AsTask().OrTimeout();
        }

        await stream.AppendAsync(new byte[4], default);
        using var stop = new CancellationTokenSource();
        var ninth = stream.CommitAsync("u8", stop.Token).AsTask();
        Assert.False(ninth.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ninth.OrTimeout());

        var asked = await _service.NextAsync();
        await stream.DisposeAsync().AsTask().OrTimeout();
        Assert.True(asked.Cancelled.IsCancellationRequested);
    }

    [Fact]
    public async Task An_utterance_without_an_end_is_refused()
    {
        await using var stream = await StartAsync();
        var minute = new byte[60 * 8_000 * 2];
        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await stream.AppendAsync(minute, default);
            }
        });

        Assert.Equal("provider_rejected", failure.Code);
    }

    private Task<ILiveTranscription> StartAsync() => new LiveOverFile(_service).StartAsync(new TranscriptionOptions(null, "en", null, 8_000), default).AsTask();

    private static async Task<TranscriptionEvent> NextAsync(IAsyncEnumerator<TranscriptionEvent> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().OrTimeout());
        return events.Current;
    }

    private sealed record Request(WavAudio Audio, Channel<string> Answer, CancellationToken Cancelled);

    private sealed class Service : IFileTranscriber
    {
        private readonly Channel<Request> _requests = Channel.CreateBounded<Request>(16);

        public int Waiting => _requests.Reader.Count;

        public Task<Request> NextAsync() => _requests.Reader.ReadAsync().AsTask().OrTimeout();

        public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
            WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var request = new Request(audio, Channel.CreateBounded<string>(16), cancellationToken);
            await _requests.Writer.WriteAsync(request, cancellationToken);
            await foreach (var text in request.Answer.Reader.ReadAllAsync(cancellationToken))
            {
                yield return new(0, 1, text, null, []);
            }
        }
    }
}
