using System.Net.WebSockets;
using System.Text.Json;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

public sealed class RealtimeResumeTests : IAsyncLifetime
{
    private const string Begin = "?agent=receptionist&resumable=true";

    private readonly RealtimeHost _host = new() { Settings = [("Realtime:ResumeLimit", "00:00:05")] };
    private CutConnections _network = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _network = CutConnections.To(_host.Address);
    }

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_that_breaks_while_a_reply_streams_costs_no_event_and_gives_none_twice()
    {
        var rest = HoldBackSpeech();
        await using var before = await ConnectAsync(Begin);
        await before.SpeakAsync();
        await before.UntilAsync("response.output_audio.delta");
        Lose(before);
        rest.SetResult();

        await using var after = await ResumeAsync(before);
        await after.UntilAsync("voiceaspire.turn");

        AssertWhole(before, after);
        Assert.Equal("completed", Of(after, "response.done").GetProperty("response").GetProperty("status").GetString());
        Assert.Equal(0, after.Events[0].GetProperty("lost_audio_ms").GetInt32());
        await AssertGoesOnAsync(after);
        await AssertRecordedAsync(before, "client_closed", turns: 2, () => after.CloseAsync());
    }

    [Fact]
    public async Task A_connection_that_breaks_while_the_user_speaks_ends_the_utterance_and_the_answer_waits()
    {
        await using var before = await ConnectAsync(Begin);
        await before.SpeakAsync(seconds: 1, silence: 0);
        await before.UntilAsync("input_audio_buffer.speech_started");
        Lose(before);
        await Deadline.Until(() => Task.FromResult(!_host.ChatTraces.IsEmpty));

        await using var after = await ResumeAsync(before);
        var turn = await after.UntilAsync("voiceaspire.turn");

        AssertWhole(before, after);
        Assert.Equal("when are you open", turn.GetProperty("transcript").GetString());
        await AssertGoesOnAsync(after);
    }

    [Fact]
    public async Task A_connection_may_break_again_and_again()
    {
        await using var first = await ConnectAsync(Begin);
        await first.SpeakAsync();
        await first.UntilAsync("response.created");
        Lose(first);
        await using var second = await ResumeAsync(first);
        Lose(second);
        await using var third = await ResumeAsync(first, second);
        await third.UntilAsync("voiceaspire.turn");

        AssertWhole(first, second, third);
        await AssertGoesOnAsync(third);
    }

    [Fact]
    public async Task The_time_away_is_silence_on_the_input_audio_clock()
    {
        await using var before = await ConnectAsync(Begin);
        await before.SpeakAsync(seconds: 0, silence: 1);
        await AnsweredAsync(before);
        var cut = TimeProvider.System.GetTimestamp();
        Lose(before);
        await Deadline.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(cut) > TimeSpan.FromMilliseconds(600)));

        await using var after = await ResumeAsync(before);

        var away = TimeProvider.System.GetElapsedTime(cut).TotalMilliseconds;
        Assert.InRange(after.Events[0].GetProperty("input_audio_ms").GetInt32(), 1_600, 1_000 + away + 1_000);
    }

    [Fact]
    public async Task A_client_that_comes_back_while_its_old_connection_looks_alive_takes_over()
    {
        await using var old = await ConnectAsync(Begin);
        await old.UntilAsync("conversation.created");
        await using var after = await ResumeAsync(old);
        await old.UntilClosedAsync();

        Assert.Equal(((WebSocketCloseStatus)4001, "taken_over"), (old.CloseStatus!.Value, old.CloseReason));
        await AssertGoesOnAsync(after);
        AssertWhole(old, after);
    }

    [Fact]
    public async Task A_client_that_takes_its_connection_for_dead_gives_it_up_and_not_the_session()
    {
        await using var before = await ConnectAsync(Begin);
        await before.Socket.CloseOutputAsync((WebSocketCloseStatus)4000, "reconnecting", CancellationToken.None);
        await using var after = await ResumeAsync(before);

        await AssertGoesOnAsync(after);
        AssertWhole(before, after);
    }

    [Fact]
    public async Task What_the_client_acknowledged_is_forgotten()
    {
        await using var before = await ConnectAsync(Begin);
        await before.SpeakAsync();
        await before.UntilAsync("voiceaspire.turn");
        await before.SendAsync($$"""{"type":"voiceaspire.ack","last_event_id":"{{LastId(before)}}"}""");
        await AnsweredAsync(before);
        Lose(before);

        await using var after = await ConnectAsync($"?resume={Token(before)}&last_event_id=event_1", "voiceaspire.resumed");

        Assert.Equal(1, after.Events[0].GetProperty("replayed").GetInt32());
        Assert.Equal(before.Events.Count - 2, after.Events[0].GetProperty("lost_events").GetInt32());
    }

    [Theory]
    [InlineData("org_default", "another")]
    [InlineData("org_other", null)]
    public async Task A_token_that_is_wrong_or_another_organizations_is_as_if_it_did_not_exist(string organization, string? token)
    {
        await using var before = await ConnectAsync(Begin);
        await using var other = await _host.ConnectAsync($"?resume={token ?? Token(before)}", organization);

        Assert.Equal("session_not_resumable", (await other.ErrorAsync()).GetProperty("code").GetString());
        await other.UntilClosedAsync();
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "session_not_resumable"), (other.CloseStatus, other.CloseReason));
        await AssertGoesOnAsync(before);
    }

    [Fact]
    public async Task A_session_that_its_client_closed_is_over()
    {
        await using var before = await ConnectAsync(Begin);
        await AssertRecordedAsync(before, "client_closed", turns: 0, () => before.CloseAsync());

        await using var after = await _host.ConnectAsync($"?resume={Token(before)}");
        Assert.Equal("session_not_resumable", (await after.ErrorAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_client_that_stays_away_too_long_has_lost_its_session()
    {
        await using var before = await ConnectAsync(Begin);
        Lose(before);
        await AssertRecordedAsync(before, "connection_lost", turns: 0, () => Task.CompletedTask);

        await using var after = await _host.ConnectAsync($"?resume={Token(before)}");
        Assert.Equal("session_not_resumable", (await after.ErrorAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_client_that_did_not_ask_gets_no_token_and_its_session_ends_with_its_connection()
    {
        await using var client = await ConnectAsync("?agent=receptionist");
        Assert.False(client.Events[0].GetProperty("session").GetProperty("voiceaspire").TryGetProperty("resume_token", out _));
        var cut = TimeProvider.System.GetTimestamp();
        Lose(client);
        await AssertRecordedAsync(client, "connection_lost", turns: 0, () => Task.CompletedTask);
        Assert.True(TimeProvider.System.GetElapsedTime(cut) < TimeSpan.FromSeconds(4));
    }

    /// <summary>Everything sent before has been taken in.</summary>
    private static async Task AnsweredAsync(RealtimeClient client)
    {
        await client.SendAsync("""{"type":"conversation.item.retrieve","item_id":"none"}""");
        await client.ErrorAsync();
    }

    private static string Token(RealtimeClient client) =>
        client.Events[0].GetProperty("session").GetProperty("voiceaspire").GetProperty("resume_token").GetString()!;

    private static string LastId(RealtimeClient client) => client.Events[^1].GetProperty("event_id").GetString()!;

    private static JsonElement Of(RealtimeClient client, string type) => client.Events.First(e => RealtimeClient.Type(e) == type);

    /// <summary>Every number once and in order, over all connections; <c>voiceaspire.resumed</c> stands between.</summary>
    private static void AssertWhole(params RealtimeClient[] clients)
    {
        var ids = clients.SelectMany(client => client.Events).Where(e => RealtimeClient.Type(e) != "voiceaspire.resumed").Select(e => e.GetProperty("event_id").GetString());
        var expected = Enumerable.Range(1, clients.Sum(client => client.Events.Count(e => RealtimeClient.Type(e) != "voiceaspire.resumed"))).Select(number => $"event_{number}");
        Assert.Equal(expected, ids);
    }

    private static async Task AssertGoesOnAsync(RealtimeClient client)
    {
        await client.SpeakAsync();
        var turn = await client.UntilAsync("voiceaspire.turn");
        Assert.Equal("We are open from nine to five. On Saturday until noon.", turn.GetProperty("reply").GetString());
    }

    private async Task AssertRecordedAsync(RealtimeClient client, string reason, int turns, Func<Task> end)
    {
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString()!;
        await end();
        await Deadline.Until(async () =>
        {
            await using var command = _host.Api.Database.DataSource.CreateCommand(
                $"select end_reason || turn_count from voice.sessions where id = '{id}' and status = 'ended'");
            return (string?)await command.ExecuteScalarAsync() == $"{reason}{turns}";
        });
    }

    /// <summary>Speech stops after its first block until the test lets the rest come.</summary>
    private TaskCompletionSource HoldBackSpeech()
    {
        var rest = new TaskCompletionSource();
        _host.Inference.Speech = async context =>
        {
            context.Response.ContentType = "audio/pcm";
            await context.Response.Body.WriteAsync(Tone.Level(8_000, TimeSpan.FromMilliseconds(200)));
            await context.Response.Body.FlushAsync();
            await rest.Task.OrTimeout();
            await context.Response.Body.WriteAsync(Tone.Level(8_000, TimeSpan.FromMilliseconds(200)));
        };
        return rest;
    }

    /// <summary>The network breaks, and the client gives its socket up.</summary>
    private void Lose(RealtimeClient client)
    {
        _network.Cut();
        client.Socket.Abort();
    }

    private async Task<RealtimeClient> ConnectAsync(string query, string first = "session.created")
    {
        var client = new RealtimeClient();
        await client.ConnectAsync(new UriBuilder(_network.Address) { Scheme = "ws", Path = "/v1/realtime", Query = query }.Uri, TestIdentity.Token("org_default"));
        Assert.Equal(first, RealtimeClient.Type((await client.NextAsync())!.Value));
        return client;
    }

    private Task<RealtimeClient> ResumeAsync(params RealtimeClient[] before) =>
        ConnectAsync($"?resume={Token(before[0])}&last_event_id={LastId(before.Last(client => client.Events.Count > 0))}", "voiceaspire.resumed");
}
