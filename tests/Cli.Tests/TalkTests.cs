using System.Net.WebSockets;
using System.Text.Json;
using Voice.Core.Audio;

namespace Voice.Cli.Tests;

public sealed class TalkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_is_exactly_one_object_of_the_documented_shape()
    {
        await using var server = await RealtimeServerFake.StartAsync(OneTurnAsync);

        var result = await CommandResult.OfAsync("talk", Speech(400), "--json", "--agent", "companion", "--url", server.Url, "--key", "va_test");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var report = JsonSerializer.Deserialize<JsonElement>(result.Output);
        Assert.Equal(["session_id", "agent", "turns", "reply_audio_seconds", "events"], Names(report));
        Assert.Equal(("sess_1", "companion"), (report.GetProperty("session_id").GetString(), report.GetProperty("agent").GetString()));
        Assert.Equal(0.3, report.GetProperty("reply_audio_seconds").GetDouble());
        var turn = Assert.Single(report.GetProperty("turns").EnumerateArray());
        Assert.Equal(["transcript", "confidence", "reply", "latency_ms"], Names(turn));
        Assert.Equal("when are you open", turn.GetProperty("transcript").GetString());
        Assert.Equal("From nine to five.", turn.GetProperty("reply").GetString());
        var latency = turn.GetProperty("latency_ms");
        Assert.Equal(["endpointing", "transcript_final", "first_token", "safety", "first_audio", "voice_to_voice"], Names(latency));
        Assert.Equal(12.5, latency.GetProperty("transcript_final").GetDouble());
        Assert.Equal(1, report.GetProperty("events").GetProperty("voiceaspire.turn").GetInt32());
        Assert.Equal(("companion", "Bearer va_test"), (server.Agent, server.Authorization));
    }

    [Fact]
    public async Task Text_shows_partials_finals_replies_and_a_latency_table()
    {
        await using var server = await RealtimeServerFake.StartAsync(OneTurnAsync);
        var reply = _folder.File("reply.wav");

        var result = await CommandResult.OfAsync("talk", Speech(400), "--url", server.Url, "--out", reply);

        var lines = result.Output.Split('\n').Select(l => l.TrimEnd()).ToList();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("session   sess_1", lines);
        Assert.Contains("  hearing  when", lines);
        Assert.Contains("you       when are you open  (0.75)", lines);
        Assert.Contains("agent     From nine to five.", lines);
        Assert.Contains("latency, ms   endpointing  transcript_final  first_token  safety  first_audio  voice_to_voice", lines);
        Assert.Equal(["turn", "1", "400", "13", "3", "1", "20"], lines.Single(l => l.StartsWith("turn 1", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[..7]);
        Assert.Equal($"1 turn(s), 0.3 s of reply audio, kept in {reply}", lines[^2]);
    }

    [Fact]
    public async Task Out_keeps_the_reply_as_24_kHz_mono_16_bit_wav()
    {
        await using var server = await RealtimeServerFake.StartAsync(OneTurnAsync);
        var reply = _folder.File("reply.wav");

        await CommandResult.OfAsync("talk", Speech(400), "--url", server.Url, "--out", reply);

        var header = WavHeader.Parse(await File.ReadAllBytesAsync(reply));
        Assert.Equal((WavEncoding.Pcm, 24_000, 1, 16, 300.0), (header.Encoding, header.SampleRate, header.Channels, header.BitsPerSample, header.Duration.TotalMilliseconds));
    }

    [Fact]
    public async Task A_file_of_two_utterances_makes_two_turns()
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.UserTurnAsync(1, 200, "one");
            await session.ReplyAsync(1, 200, "First.", 100);
            await session.TurnAsync(1, "one", "First.");
            await session.UserTurnAsync(2, 600, "two");
            await session.ReplyAsync(2, 600, "Second.", 100);
            await session.TurnAsync(2, "two", "Second.");
            await session.CloseAsync();
        });

        var result = await CommandResult.OfAsync("talk", Speech(800), "--json", "--url", server.Url);

        var turns = JsonSerializer.Deserialize<JsonElement>(result.Output).GetProperty("turns").EnumerateArray();
        Assert.Equal(["one", "two"], turns.Select(t => t.GetProperty("transcript").GetString()));
    }

    [Fact]
    public async Task Speech_that_interrupts_a_reply_tells_the_server_what_was_heard()
    {
        JsonElement truncate = default;
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.UserTurnAsync(1, 100, "one");
            await session.ReplyAsync(1, 100, "A long reply.", 10_000);
            await session.TurnAsync(1, "one", "A long");
            await session.HearAsync(400);
            await session.UserTurnAsync(2, 600, "two");
            await session.ReceiveAsync("conversation.item.truncate");
            truncate = session.Received[^1];
            await session.ReplyAsync(2, 600, "Yes.", 100);
            await session.TurnAsync(2, "two", "Yes.");
            await session.CloseAsync();
        });

        var result = await CommandResult.OfAsync("talk", Speech(800), "--json", "--url", server.Url);

        Assert.Equal("item_a1", truncate.GetProperty("item_id").GetString());
        var heard = truncate.GetProperty("audio_end_ms").GetInt32();
        Assert.InRange(heard, 1, 9_000);
        var kept = JsonSerializer.Deserialize<JsonElement>(result.Output).GetProperty("reply_audio_seconds").GetDouble();
        Assert.InRange(kept, (heard / 1000.0) + 0.098, (heard / 1000.0) + 0.102);
    }

    [Fact]
    public async Task Noise_without_words_is_not_waited_for()
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.UserTurnAsync(1, 100, "");
            await session.CloseAsync();
        });

        var result = await CommandResult.OfAsync("talk", Speech(200), "--url", server.Url);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_turn_stands_for_what_was_said_before_it_and_spoken_over()
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.UserTurnAsync(1, 100, "well");
            await session.UserTurnAsync(2, 200, "when are you open");
            await session.ReplyAsync(2, 200, "From nine to five.", 100);
            await session.TurnAsync(2, "when are you open", "From nine to five.");
            await session.CloseAsync();
        });

        var result = await CommandResult.OfAsync("talk", Speech(300), "--url", server.Url, "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Nothing_said_is_no_turn_and_no_failure()
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.CloseAsync();
        });

        var result = await CommandResult.OfAsync("talk", Speech(100), "--url", server.Url);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("No speech was heard.", result.Output);
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"The API key has expired.","type":"invalid_request_error","code":"expired_api_key"}}""", 5, "The API key has expired.")]
    [InlineData(401, "", 5, "401 Unauthorized")]
    [InlineData(404, """{"error":{"message":"There is no agent 'nobody'.","code":"agent_not_found"}}""", 6, "There is no agent 'nobody'.")]
    [InlineData(404, "<html>no</html>", 6, "no agent 'nobody'")]
    [InlineData(404, """{"error":{"message":"There is nothing at this address.","code":"not_found"}}""", 1, "(404): There is nothing at this address.")]
    [InlineData(503, """{"title":"Busy","detail":"Too many sessions."}""", 1, "(503): Too many sessions.")]
    public async Task A_refused_handshake_is_one_line_and_its_own_code(int status, string body, int exitCode, string says)
    {
        await using var server = await RealtimeServerFake.RefusingAsync(status, body);

        var result = await CommandResult.OfAsync("talk", Speech(100), "--agent", "nobody", "--url", server.Url, "--json");

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(says, Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task An_error_event_instead_of_a_session_is_a_refusal()
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.SendAsync("""{"type":"error","error":{"type":"invalid_request_error","code":"agent_not_found","message":"There is no agent 'nobody'."}}""");
            await session.HangUpAsync(WebSocketCloseStatus.PolicyViolation, "agent_not_found");
        });

        var result = await CommandResult.OfAsync("talk", Speech(100), "--agent", "nobody", "--url", server.Url);

        Assert.Equal((6, "", "voice: There is no agent 'nobody'."), (result.ExitCode, result.Output, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public async Task No_platform_is_one_line_that_names_the_address()
    {
        var result = await CommandResult.OfAsync("talk", Speech(100), "--url", "http://127.0.0.1:1");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("http://127.0.0.1:1", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_one_line()
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.HearAsync(40);
            session.Drop();
        });

        var result = await CommandResult.OfAsync("talk", Speech(2_000), "--url", server.Url);

        Assert.Equal((1, "voice: The connection to the platform was lost during the conversation."), (result.ExitCode, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public async Task A_server_that_hangs_up_with_a_reason_is_quoted()
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.HearAsync(40);
            await session.HangUpAsync(WebSocketCloseStatus.EndpointUnavailable, "server_shutdown");
            await session.CloseAsync();
        });

        var result = await CommandResult.OfAsync("talk", Speech(2_000), "--url", server.Url);

        Assert.Equal((1, "voice: The platform closed the conversation: server_shutdown"), (result.ExitCode, Assert.Single(result.ErrorLines)));
    }

    [Theory]
    [InlineData("this is no json")]
    [InlineData("""{"no":"type"}""")]
    [InlineData("""{"type":"response.output_audio.delta","response_id":"r","item_id":"i","delta":"***"}""")]
    public async Task A_server_that_speaks_something_else_is_one_line(string message)
    {
        await using var server = await RealtimeServerFake.StartAsync(async session =>
        {
            await session.OpenAsync();
            await session.SendAsync(message);
            await session.CloseAsync();
        });

        var result = await CommandResult.OfAsync("talk", Speech(100), "--url", server.Url);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("voice: The server sent", Assert.Single(result.ErrorLines));
    }

    private static async Task OneTurnAsync(RealtimeSessionFake session)
    {
        await session.OpenAsync();
        await session.UserTurnAsync(1, 300, "when are you open");
        await session.ReplyAsync(1, 300, "From nine to five.", 300);
        await session.TurnAsync(1, "when are you open", "From nine to five.");
        await session.CloseAsync();
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private string Speech(int milliseconds)
    {
        var samples = Enumerable.Range(0, 16 * milliseconds).Select(i => (short)(8_000 * Math.Sin(i * 0.2))).ToArray();
        return _folder.Write("speech.wav", WavWriter.Write(samples, 16_000));
    }
}
