using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Engines;
using Voice.Inference.Simulation;
using TranscriptionOptions = Voice.Core.Providers.TranscriptionOptions;

namespace Voice.Inference.Tests;

/// <summary>The latencies are exactly what was configured: in virtual time.</summary>
public sealed class SimulationTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly IOptions<EngineOptions> _options = Options.Create(new EngineOptions());

    [Fact]
    public async Task A_transcript_comes_90_ms_after_its_commit()
    {
        await using var stream = await new SimulatedTranscriber(_options, _time).StartAsync(new TranscriptionOptions(null, "en", null), CancellationToken.None);
        await stream.AppendAsync(new byte[3_200], CancellationToken.None);
        await using var events = stream.ReadAllAsync(CancellationToken.None).GetAsyncEnumerator();
        await stream.CommitAsync("one", CancellationToken.None);
        var next = events.MoveNextAsync().AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(89));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await next.OrTimeout());
        Assert.Equal("one", Assert.IsType<TranscriptionEvent.Final>(events.Current).UtteranceId);
    }

    [Fact]
    public async Task The_first_token_comes_after_280_ms()
    {
        using var client = new SimulatedChatClient(_options, _time);
        await using var updates = client.GetStreamingResponseAsync([new(ChatRole.User, "hi")]).GetAsyncEnumerator();
        var next = updates.MoveNextAsync().AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(279));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await next.OrTimeout());
    }

    [Fact]
    public async Task The_first_audio_comes_after_170_ms_and_is_as_long_as_the_text()
    {
        var synthesizer = new SimulatedSynthesizer(_options, _time);
        var speech = ReadAsync(synthesizer.SynthesizeAsync(new SpeechRequest(new string('a', 100), "en"), CancellationToken.None));

        _time.Advance(TimeSpan.FromMilliseconds(169));
        Assert.False(speech.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(6.5, Pcm16.Duration((await speech.OrTimeout()).Length, 24_000).TotalSeconds, 1);
    }

    private static async Task<byte[]> ReadAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        using var all = new MemoryStream();
        await foreach (var block in blocks)
        {
            all.Write(block.Span);
        }

        return all.ToArray();
    }
}
