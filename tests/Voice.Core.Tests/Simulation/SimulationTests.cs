using Microsoft.Extensions.AI;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Core.Simulation;
using TranscriptionOptions = Voice.Core.Providers.TranscriptionOptions;

namespace Voice.Core.Tests.Simulation;

/// <summary>The latencies are exactly what was configured: in virtual time.</summary>
public sealed class SimulationTests
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly SimulationOptions _options = new();

    [Fact]
    public async Task A_transcript_comes_90_ms_after_the_end_of_the_voice()
    {
        await using var stream = await TranscriberAsync();
        await HearAsync(stream, voice: 500, silence: 40);
        await using var events = stream.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await stream.CommitAsync("one", CancellationToken.None);
        var final = FinalAsync(events);

        // The last voiced frame arrived 40 ms ago.
        _time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.False(final.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("one", (await final.OrTimeout()).UtteranceId);
    }

    [Fact]
    public async Task A_commit_long_after_the_voice_is_answered_at_once()
    {
        await using var stream = await TranscriberAsync();
        await HearAsync(stream, voice: 500, silence: 400);
        await using var events = stream.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await stream.CommitAsync("one", CancellationToken.None);

        Assert.Equal("this is a simulated transcript of what was said", (await FinalAsync(events).OrTimeout()).Text);
    }

    [Fact]
    public async Task Silence_that_is_committed_still_has_the_sentence_and_nothing_at_all_has_none()
    {
        await using var stream = await TranscriberAsync();
        await using var events = stream.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await stream.CommitAsync("nothing", CancellationToken.None);
        Assert.Equal("", (await FinalAsync(events).OrTimeout()).Text);

        await HearAsync(stream, voice: 0, silence: 100);
        await stream.CommitAsync("silence", CancellationToken.None);
        Assert.NotEqual("", (await FinalAsync(events).OrTimeout()).Text);
    }

    [Fact]
    public async Task Words_come_one_by_one_after_the_partial_delay_and_wait_at_a_hesitation()
    {
        _options.Sentences.Add("a table for|two people please");
        await using var stream = await TranscriberAsync();
        await using var events = stream.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();

        await HearAsync(stream, voice: 300, silence: 80);
        var first = events.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("a", await PartialAsync(first, events));

        await HearAsync(stream, voice: 1_500, silence: 600);
        Assert.Equal("a table", await PartialAsync(events.MoveNextAsync().AsTask(), events));
        Assert.Equal("a table for", await PartialAsync(events.MoveNextAsync().AsTask(), events));
        var behind = events.MoveNextAsync().AsTask();
        Assert.False(behind.IsCompleted);

        await HearAsync(stream, voice: 300, silence: 100);
        Assert.Equal("a table for two", await PartialAsync(behind, events));
    }

    [Fact]
    public async Task A_turn_cut_off_in_a_hesitation_has_the_words_so_far_and_the_next_has_the_rest()
    {
        _options.Sentences.Add("a table for|two people please");
        _options.Sentences.Add("thank you");
        _options.PartialDelay = TimeSpan.FromSeconds(30);
        await using var stream = await TranscriberAsync();
        await using var events = stream.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();

        foreach (var expected in new[] { "a table for", "two people please", "thank you" })
        {
            await HearAsync(stream, voice: 900, silence: 400);
            await stream.CommitAsync(expected, CancellationToken.None);
            Assert.Equal(expected, (await FinalAsync(events).OrTimeout()).Text);
        }
    }

    [Fact]
    public async Task The_first_token_comes_after_280_ms_and_the_rest_at_the_pace_that_was_set()
    {
        _options.TokensPerSecond = 50;
        using var client = new SimulatedChatClient(_options, _time);
        await using var updates = client.GetStreamingResponseAsync([new(ChatRole.User, "hi")]).GetAsyncEnumerator();
        var first = updates.MoveNextAsync().AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(279));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await first.OrTimeout());

        var second = updates.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await second.OrTimeout());
    }

    [Fact]
    public async Task The_first_audio_comes_after_170_ms_and_is_as_long_as_the_text()
    {
        var speech = ReadAsync(new SimulatedSynthesizer(_options, _time));

        _time.Advance(TimeSpan.FromMilliseconds(169));
        Assert.False(speech.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(6.5, Pcm16.Duration((await speech.OrTimeout()).Length, 24_000).TotalSeconds, 1);
    }

    [Fact]
    public async Task Speech_is_made_as_many_times_faster_than_it_plays_as_was_set()
    {
        _options.SpeechRate = 10;
        var speech = ReadAsync(new SimulatedSynthesizer(_options, _time));
        _time.Advance(TimeSpan.FromMilliseconds(170));

        // 6.5 s in blocks of 100 ms: the last is due after 640 ms.
        for (var passed = 0; passed < 639; passed++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.False(speech.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await speech.OrTimeout();
    }

    private async Task<ILiveTranscription> TranscriberAsync() =>
        await new SimulatedTranscriber(_options, _time).StartAsync(new TranscriptionOptions(null, "en", null), CancellationToken.None);

    /// <summary>Frame by frame, each 20 ms after the one before.</summary>
    private async Task HearAsync(ILiveTranscription stream, int voice, int silence)
    {
        var loud = new short[320];
        Array.Fill(loud, (short)6_000);
        for (var at = 0; at < voice + silence; at += 20)
        {
            _time.Advance(Frame);
            await stream.AppendAsync(at < voice ? Pcm16.Bytes(loud).ToArray() : new byte[640], CancellationToken.None);
        }
    }

    private static async Task<string> PartialAsync(Task<bool> next, IAsyncEnumerator<TranscriptionEvent> events)
    {
        Assert.True(await next.OrTimeout());
        return Assert.IsType<TranscriptionEvent.Partial>(events.Current).Text;
    }

    private static async Task<TranscriptionEvent.Final> FinalAsync(IAsyncEnumerator<TranscriptionEvent> events)
    {
        while (await events.MoveNextAsync())
        {
            if (events.Current is TranscriptionEvent.Final final)
            {
                return final;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task<byte[]> ReadAsync(SimulatedSynthesizer synthesizer)
    {
        using var all = new MemoryStream();
        await foreach (var block in synthesizer.SynthesizeAsync(new SpeechRequest(new string('a', 100), "en"), CancellationToken.None))
        {
            all.Write(block.Span);
        }

        return all.ToArray();
    }
}
