using System.Text.Json;
using Voice.Api.Tests.Support;
using Voice.Core.Audio;

namespace Voice.Api.Tests.Realtime;

public sealed class RealtimeConversationTests : IClassFixture<RealtimeHost>
{
    private readonly RealtimeHost _host;

    public RealtimeConversationTests(RealtimeHost host)
    {
        _host = host;
        host.Reset();
    }

    [Fact]
    public async Task A_spoken_turn_is_answered_in_the_order_of_the_protocol_and_recorded()
    {
        await using var client = await _host.BeginAsync();
        Assert.Equal("realtime", client.Subprotocol);
        var session = client.Events[0].GetProperty("session");
        var id = session.GetProperty("id").GetString()!;

        await client.SpeakAsync();
        var turn = await client.UntilAsync("voiceaspire.turn");

        string[] order =
        [
            "session.created", "conversation.created", "input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped", "input_audio_buffer.committed",
            "conversation.item.added", "conversation.item.done", "conversation.item.input_audio_transcription.delta",
            "conversation.item.input_audio_transcription.completed", "response.created", "rate_limits.updated", "response.output_item.added", "conversation.item.added",
            "response.content_part.added", "response.output_audio_transcript.delta", "response.output_audio.delta", "voiceaspire.latency",
        ];
        Assert.Equal(order, client.Types.Take(order.Length));
        Assert.Equal(
            [
                "response.output_audio.done", "response.output_audio_transcript.done", "response.content_part.done", "conversation.item.done",
                "response.output_item.done", "response.done", "voiceaspire.turn",
            ],
            client.Types.TakeLast(7));
        Assert.All(client.Events, e => Assert.StartsWith("event_", e.GetProperty("event_id").GetString(), StringComparison.Ordinal));
        Assert.Equal("We are open from nine to five. On Saturday until noon.", turn.GetProperty("reply").GetString());
        var response = client.Events.Single(e => RealtimeClient.Type(e) == "response.done").GetProperty("response");
        Assert.Equal("completed", response.GetProperty("status").GetString());
        Assert.True(response.GetProperty("usage").GetProperty("output_token_details").GetProperty("audio_tokens").GetInt32() > 0);
        Assert.Equal(JsonValueKind.Null, client.Events[5].GetProperty("item").GetProperty("content")[0].GetProperty("transcript").ValueKind);
        var stages = client.Events.Single(e => RealtimeClient.Type(e) == "voiceaspire.latency").GetProperty("stages");
        Assert.All(["endpointing", "transcript_final", "first_token", "safety", "first_audio"], stage => Assert.True(stages.TryGetProperty(stage, out _), stage));

        await client.CloseAsync();
        await Deadline.Until(async () => await _host.Api.BlobAsync("transcripts", $"org_default/{id}.json") is not null);
        Assert.NotNull(await _host.Api.BlobAsync("recordings", $"org_default/{id}.wav"));
        Assert.Contains("TurnCompleted", await _host.Api.PublishedAsync(id));
    }

    [Fact]
    public async Task The_inference_calls_of_a_turn_share_its_trace()
    {
        using var collector = new ActivityCollector();
        await using var client = await _host.BeginAsync();
        await client.SpeakAsync();
        await client.UntilAsync("voiceaspire.turn");

        Assert.True(_host.ChatTraces.TryDequeue(out var trace));
        Assert.Contains(collector.Ended, activity => activity.OperationName == "voice.turn" && trace!.Contains(activity.TraceId.ToHexString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Speech_over_a_reply_cancels_it_and_none_of_its_audio_follows()
    {
        _host.Speech = TimeSpan.FromSeconds(20);
        await using var client = await _host.BeginAsync();
        await client.SpeakAsync();
        await client.UntilAsync("response.output_audio.delta");
        await client.SpeakAsync(0.6);
        await client.UntilAsync("input_audio_buffer.speech_started");

        // Either it was still being sent and is cancelled, or it was sent whole and is cut to what was heard.
        await client.UntilAsync("response.created");
        var types = client.Types.ToList();
        var interrupted = types.LastIndexOf("input_audio_buffer.speech_started");
        Assert.DoesNotContain("response.output_audio.delta", types.Skip(interrupted));
        var first = client.Events.First(e => RealtimeClient.Type(e) == "response.output_item.added").GetProperty("item").GetProperty("id").GetString();
        await client.SendAsync($$"""{"type":"conversation.item.retrieve","item_id":"{{first}}"}""");
        var item = (await client.UntilAsync("conversation.item.retrieved")).GetProperty("item");
        Assert.DoesNotContain("noon", item.GetProperty("content")[0].GetProperty("transcript").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transcriber_that_dies_costs_no_words()
    {
        await using var client = await _host.BeginAsync();
        await Deadline.Until(() => Task.FromResult(!_host.Transcriptions.IsEmpty));
        await client.SpeakAsync(1, 0);
        await client.UntilAsync("input_audio_buffer.speech_started");
        Assert.True(_host.Transcriptions.TryDequeue(out var socket));
        socket.Abort();
        await client.AppendAsync(new byte[48_000]);

        var completed = await client.UntilAsync("conversation.item.input_audio_transcription.completed");

        Assert.Equal("when are you open", completed.GetProperty("transcript").GetString());
        await client.UntilAsync("voiceaspire.turn");
    }

    [Fact]
    public async Task A_model_that_fails_is_told_and_the_next_turn_works()
    {
        _host.ChatFails = 500;
        await using var client = await _host.BeginAsync();
        await client.SpeakAsync();
        Assert.Equal("server_error", (await client.ErrorAsync()).GetProperty("type").GetString());
        var failed = (await client.UntilAsync("response.done")).GetProperty("response");
        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Contains("response.output_audio.delta", client.Types);

        _host.ChatFails = null;
        await client.SpeakAsync();
        await client.UntilAsync("response.created");
        Assert.Equal("completed", (await client.UntilAsync("response.done")).GetProperty("response").GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_utterance_that_cannot_be_transcribed_is_told_and_the_session_goes_on()
    {
        _host.Transcripts.Enqueue(null);
        await using var client = await _host.BeginAsync();
        await client.SpeakAsync();
        await client.UntilAsync("conversation.item.input_audio_transcription.failed");
        await client.UntilAsync("response.done");

        await client.SpeakAsync();
        await client.UntilAsync("voiceaspire.turn");
    }

    [Fact]
    public async Task An_interpreter_tells_the_translation()
    {
        _host.Transcripts.Enqueue("I have a fever");
        await using var client = await _host.BeginAsync("?model=interpreter");
        await client.SpeakAsync();

        var translation = await client.UntilAsync("voiceaspire.translation");
        Assert.Equal(("en", "es", "tengo fiebre"), (
            translation.GetProperty("source_language").GetString(), translation.GetProperty("target_language").GetString(), translation.GetProperty("text").GetString()));
        await client.UntilAsync("response.output_audio.delta");
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(48_000)]
    public async Task Other_rates_work_in_both_directions(int rate)
    {
        await using var client = await _host.BeginAsync();
        var format = $$"""{"type":"audio/pcm","rate":{{rate}}}""";
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":F},"output":{"format":F}}}}""".Replace("F", format, StringComparison.Ordinal));
        await client.UntilAsync("session.updated");
        await client.SpeakAsync(rate: rate);
        await client.UntilAsync("response.output_audio.done");

        var bytes = client.Events.Where(e => RealtimeClient.Type(e) == "response.output_audio.delta").Sum(e => Convert.FromBase64String(e.GetProperty("delta").GetString()!).Length);
        // Two clauses of 300 ms each.
        Assert.InRange(Pcm16.Duration(bytes, rate).TotalMilliseconds, 598, 602);
    }

    [Fact]
    public async Task In_manual_mode_the_client_commits_and_asks()
    {
        await using var client = await _host.BeginAsync();
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":null}}}}""");
        var updated = await client.UntilAsync("session.updated");
        Assert.Equal(JsonValueKind.Null, updated.GetProperty("session").GetProperty("audio").GetProperty("input").GetProperty("turn_detection").ValueKind);
        await client.SpeakAsync();
        await client.SendAsync("""{"type":"input_audio_buffer.commit"}""");
        await client.SendAsync("""{"type":"response.create"}""");
        await client.UntilAsync("response.done");

        Assert.DoesNotContain("input_audio_buffer.speech_started", client.Types);
        Assert.Contains("response.output_audio.delta", client.Types);
    }

    [Fact]
    public async Task A_typed_turn_with_text_output_needs_no_audio()
    {
        await using var client = await _host.BeginAsync();
        await client.SendAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"when are you open"}]}}""");
        await client.SendAsync("""{"type":"response.create","event_id":"agents_js_response_create_1","response":{"output_modalities":["text"],"metadata":{"topic":"hours"}}}""");
        var done = (await client.UntilAsync("response.done")).GetProperty("response");

        Assert.Equal("hours", done.GetProperty("metadata").GetProperty("topic").GetString());
        Assert.Equal("output_text", done.GetProperty("output")[0].GetProperty("content")[0].GetProperty("type").GetString());
        Assert.Contains("response.output_text.delta", client.Types);
    }

    [Fact]
    public async Task An_intervention_is_shown_and_in_a_crisis_spoken()
    {
        await using var client = await _host.BeginAsync();
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString()!;
        var live = (Voice.ServiceDefaults.Live.LiveChannel)_host.Api.Services.GetService(typeof(Voice.ServiceDefaults.Live.LiveChannel))!;
        await live.PublishAsync(
            new("int_1", id, null, "suicide", "crisis", "en", "Please call 988 now.", [new("988", "988", null)], TimeProvider.System.GetUtcNow()), CancellationToken.None);

        var intervention = (await client.UntilAsync("voiceaspire.safety")).GetProperty("intervention");
        Assert.Equal(("suicide", "988"), (intervention.GetProperty("category").GetString(), intervention.GetProperty("resources")[0].GetProperty("contact").GetString()));
        var said = await client.UntilAsync("response.output_audio_transcript.done");
        Assert.Equal("Please call 988 now.", said.GetProperty("transcript").GetString());
    }
}
