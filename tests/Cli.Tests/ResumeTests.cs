using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Voice.Client;
using Voice.Core.Audio;

namespace Voice.Cli.Tests;

public sealed class ResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _queries = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Talk_goes_on_after_a_lost_connection_says_so_and_sends_nothing_late()
    {
        long back = 0;
        (double Heard, TimeSpan Since) afterwards = default;
        await using var server = await StartAsync(
            async session =>
            {
                await BeginAsync(session);
                await session.HearAsync(100);
                session.Drop();
            },
            session =>
            {
                // The network is not there yet.
                session.Drop();
                return Task.CompletedTask;
            },
            async session =>
            {
                back = TimeProvider.System.GetTimestamp();
                await session.SendAsync("""{"type":"voiceaspire.resumed","event_id":"event_2.1","session":{"id":"sess_1"},"replayed":0,"lost_events":0,"lost_audio_ms":0,"input_audio_ms":900}""");
                await session.SendAsync("""{"type":"session.updated","event_id":"event_2","session":{"id":"sess_1","type":"realtime"}}""");
                await session.UserTurnAsync(1, 100, "when are you open");
                await session.ReplyAsync(1, 1_000, "From nine to five.", 300);
                await session.TurnAsync(1, "when are you open", "From nine to five.");
                await session.HearAsync(400);
                await session.CloseAsync();
                afterwards = (session.AudioMs, TimeProvider.System.GetElapsedTime(back));
            });

        var result = await CommandResult.OfAsync("talk", Speech(1_500), "--url", server.Url, "--json");

        Assert.Equal((0, "voice: the connection was lost; reconnected"), (result.ExitCode, Assert.Single(result.ErrorLines)));
        Assert.Equal(["?agent=receptionist&resumable=true", "?resume=a%2Fb&last_event_id=event_2", "?resume=a%2Fb&last_event_id=event_2"], _queries);
        var report = JsonSerializer.Deserialize<JsonElement>(result.Output);
        Assert.Equal("when are you open", Assert.Single(report.GetProperty("turns").EnumerateArray()).GetProperty("transcript").GetString());
        var events = report.GetProperty("events");
        Assert.Equal((1, 1), (events.GetProperty("session.updated").GetInt32(), events.GetProperty("voiceaspire.resumed").GetInt32()));
        // At least 125 and 250 ms were waited, and are not made up for: one frame may have been due when the connection came back.
        Assert.InRange(afterwards.Heard, 400, afterwards.Since.TotalMilliseconds + 40);
    }

    [Fact]
    public async Task A_session_that_cannot_be_come_back_to_is_one_line()
    {
        await using var server = await StartAsync(
            async session =>
            {
                await BeginAsync(session);
                session.Drop();
            },
            async session =>
            {
                await session.SendAsync("""{"type":"error","error":{"type":"invalid_request_error","code":"session_not_resumable","message":"There is no such session."}}""");
                await session.HangUpAsync(WebSocketCloseStatus.PolicyViolation, "session_not_resumable");
            });

        var result = await CommandResult.OfAsync("talk", Speech(2_000), "--url", server.Url);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("voice: The connection to the platform was lost, and the way back is closed: There is no such session.", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task It_is_looked_for_only_as_long_as_the_platform_waits()
    {
        await using var server = await StartAsync(
            async session =>
            {
                await BeginAsync(session, limitMs: 400);
                session.Drop();
            },
            session =>
            {
                session.Drop();
                return Task.CompletedTask;
            });

        var result = await CommandResult.OfAsync("talk", Speech(2_000), "--url", server.Url);

        Assert.Equal((1, "voice: The connection to the platform was lost during the conversation."), (result.ExitCode, Assert.Single(result.ErrorLines)));
        Assert.InRange(_queries.Count, 2, 4);
    }

    [Fact]
    public async Task A_server_that_says_goodbye_is_not_come_back_to()
    {
        await using var server = await StartAsync(async session =>
        {
            await BeginAsync(session);
            await session.HangUpAsync((WebSocketCloseStatus)4001, "taken_over");
        });

        var result = await CommandResult.OfAsync("talk", Speech(2_000), "--url", server.Url);

        Assert.Equal("voice: The platform closed the conversation: taken_over", Assert.Single(result.ErrorLines));
        Assert.Single(_queries);
    }

    [Fact]
    public void The_clock_of_the_microphone_follows_the_platforms_over_a_time_away()
    {
        var time = new ManualTimeProvider();
        var clock = new MicrophoneClock(time);
        List<long> sent = [];
        for (var i = 0; i < 5; i++)
        {
            if (i == 3)
            {
                clock.Align(1_000);
            }

            time.Advance(TimeSpan.FromMilliseconds(20));
            sent.Add(time.GetTimestamp());
            clock.FrameSent();
        }

        Assert.Equal((sent[1], sent[3], sent[4], null), (clock.SentAt(40), clock.SentAt(1_020), clock.SentAt(1_040), clock.SentAt(1_060)));
    }

    private static async Task BeginAsync(RealtimeSessionFake session, int limitMs = 5_000)
    {
        await session.SendAsync($$$"""{"type":"session.created","event_id":"event_1","session":{"id":"sess_1","type":"realtime","voiceaspire":{"resume_token":"a/b","resume_limit_ms":{{{limitMs}}} } } }""");
        await session.ReceiveAsync("session.update");
        await session.SendAsync("""{"type":"session.updated","event_id":"event_2","session":{"id":"sess_1","type":"realtime"}}""");
        await session.HearAsync(20);
    }

    /// <summary>Does with each connection what its script says; the last one goes for all that follow.</summary>
    private async Task<RealtimeServerFake> StartAsync(params Func<RealtimeSessionFake, Task>[] scripts)
    {
        RealtimeServerFake? server = null;
        return server = await RealtimeServerFake.StartAsync(session =>
        {
            _queries.Enqueue(server!.Query);
            return scripts[Math.Min(_queries.Count, scripts.Length) - 1](session);
        });
    }

    private string Speech(int milliseconds) => _folder.Write("speech.wav", WavWriter.Write(new short[16 * milliseconds], 16_000));
}
