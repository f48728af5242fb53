using Voice.Api.Tests.Support;
using Voice.Core.Audio;

namespace Voice.Api.Tests.Realtime;

public sealed class SimulatedEngineTests : IClassFixture<SimulatedEngineTests.SimulatedHost>
{
    private readonly RealtimeHost _host;

    public SimulatedEngineTests(SimulatedHost host)
    {
        _host = host.Host;
        _host.Reset();
    }

    [Fact]
    public async Task A_conversation_with_simulated_engines_needs_no_inference_worker_and_without_recording_leaves_a_transcript()
    {
        await using var client = await _host.BeginAsync();
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString()!;

        await client.SpeakAsync();
        var turn = await client.UntilAsync("voiceaspire.turn");

        Assert.Equal("a table for two", turn.GetProperty("transcript").GetString());
        Assert.Equal("This is a simulated reply. It stands for what a language model would say.", turn.GetProperty("reply").GetString());
        Assert.Empty(_host.Transcriptions);
        await client.CloseAsync();
        await Deadline.Until(async () => await _host.Api.BlobAsync("transcripts", $"org_default/{id}.json") is not null);
        Assert.Null(await _host.Api.BlobAsync("recordings", $"org_default/{id}.wav"));
    }

    [Fact]
    public async Task Words_come_while_they_are_spoken_where_a_session_only_transcribes()
    {
        await using var client = await _host.BeginAsync("?intent=transcription");
        await client.AppendAsync(Pcm16.Bytes(RealtimeClient.Voice(1.5, 0)));
        // The rest is said when the first words are there.
        await client.UntilAsync("conversation.item.input_audio_transcription.delta");
        Assert.DoesNotContain("input_audio_buffer.committed", client.Types);
        await client.AppendAsync(new byte[48_000 * 2]);
        var completed = await client.UntilAsync("conversation.item.input_audio_transcription.completed");

        var deltas = client.Events.Where(e => RealtimeClient.Type(e) == "conversation.item.input_audio_transcription.delta").ToList();
        Assert.Equal(completed.GetProperty("transcript").GetString(), string.Concat(deltas.Select(e => e.GetProperty("delta").GetString())));
        Assert.All(deltas, delta => Assert.Equal(completed.GetProperty("item_id").GetString(), delta.GetProperty("item_id").GetString()));
    }

    [Fact]
    public async Task With_echo_on_every_frame_comes_back_as_it_was_sent()
    {
        await using var client = await _host.BeginAsync();
        byte[] frame = [.. Enumerable.Range(0, 960).Select(i => (byte)(i % 7))];

        await client.AppendAsync(frame);

        Assert.Equal(frame, (await client.UntilAsync("voiceaspire.echo")).GetProperty("audio").GetBytesFromBase64());
    }

    public sealed class SimulatedHost : IAsyncLifetime
    {
        public RealtimeHost Host { get; } = new()
        {
            Settings =
            [
                ("Inference:Engine", "simulated"), ("Inference:Simulated:Sentences:0", "a table for two"), ("Sessions:Record", "false"),
                ("Realtime:Echo", "true"),
            ],
        };

        public Task InitializeAsync() => Host.InitializeAsync();

        public Task DisposeAsync() => Host.DisposeAsync();
    }
}
