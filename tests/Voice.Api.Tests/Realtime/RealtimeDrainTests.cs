using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Voice.Api.Realtime;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Tests.Realtime;

public sealed class RealtimeDrainTests : IAsyncLifetime
{
    private readonly RealtimeHost _host = new() { Settings = [("Realtime:DrainLimit", "00:00:20")] };
    private Task _stopping = Task.CompletedTask;

    public Task InitializeAsync() => _host.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _stopping;
    }

    [Fact]
    public async Task A_live_call_is_told_goes_on_and_lets_the_server_stop_when_it_ends()
    {
        await using var client = await _host.BeginAsync();
        Stop();

        Assert.Equal(20_000, (await client.UntilAsync("voiceaspire.draining")).GetProperty("deadline_ms").GetInt32());
        await client.SpeakAsync();
        await client.UntilAsync("voiceaspire.turn");
        Assert.False(_stopping.IsCompleted);

        await client.CloseAsync();
        await _stopping.OrTimeout(TimeSpan.FromSeconds(10));
        Assert.Equal(("client_closed", 1), await RecordAsync(client));
    }

    [Fact]
    public async Task A_call_that_is_just_beginning_is_told_too()
    {
        await using var connection = await _host.Api.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var held = connection.CreateCommand())
        {
            held.CommandText = "lock table voice.sessions in access exclusive mode";
            await held.ExecuteNonQueryAsync();
        }

        await using var client = await _host.ConnectAsync();
        var sessions = _host.Api.Services.GetRequiredService<RealtimeSessions>();
        await Deadline.Until(() => Task.FromResult(sessions.Count == 1));
        Stop();
        await Deadline.Until(() => Task.FromResult(sessions.Draining));
        await transaction.RollbackAsync();

        await client.UntilAsync("voiceaspire.draining");
        await client.CloseAsync();
    }

    [Fact]
    public void A_session_is_not_over_before_it_has_begun_unless_it_is_refused()
    {
        var services = _host.Api.Services.GetRequiredService<RealtimeServices>();
        var state = SessionState.ForTranscription("sess_early", "org_default", services.Time.GetUtcNow().AddHours(1));
        var session = new RealtimeSession(state, new Caller("org_default", "key_1", "api_key", "a key"), greet: false, services);
        Assert.False(session.Running.IsCompleted);

        var sessions = new RealtimeSessions();
        sessions.Drain(TimeSpan.FromSeconds(1));
        Assert.False(sessions.TryBegin(session, connection: null!));
        Assert.True(session.Running.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task New_sessions_are_sent_elsewhere_and_readiness_says_so()
    {
        await using var live = await _host.BeginAsync();
        Stop();
        await live.UntilAsync("voiceaspire.draining");

        await using var client = await _host.ConnectAsync();
        var error = await client.ErrorAsync();
        await client.UntilClosedAsync();
        Assert.Equal(("server_error", "server_draining"), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal(2_000, error.GetProperty("retry_after_ms").GetInt32());
        Assert.Equal(((WebSocketCloseStatus)1013, "server_draining"), (client.CloseStatus!.Value, client.CloseReason));

        using var http = new HttpClient { BaseAddress = _host.Address };
        using var ready = await http.GetAsync("/health").OrTimeout();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("unhealthy", (await JsonDocument.ParseAsync(await ready.Content.ReadAsStreamAsync())).RootElement.GetProperty("checks").GetProperty("realtime").GetString());
        using var alive = await http.GetAsync("/alive").OrTimeout();
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        await live.CloseAsync();
    }

    [Fact]
    public async Task A_client_that_lost_its_connection_comes_back_to_a_server_that_drains()
    {
        await using var before = await _host.BeginAsync("?agent=receptionist&resumable=true");
        Stop();
        await before.UntilAsync("voiceaspire.draining");
        before.Socket.Abort();

        var token = before.Events[0].GetProperty("session").GetProperty("voiceaspire").GetProperty("resume_token").GetString();
        await using var after = await _host.ConnectAsync($"?resume={token}&last_event_id=event_2");
        Assert.Equal("voiceaspire.resumed", RealtimeClient.Type((await after.NextAsync())!.Value));
        await after.SpeakAsync();
        await after.UntilAsync("voiceaspire.turn");
        await after.CloseAsync();
        await _stopping.OrTimeout(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_host_waits_for_as_long_as_draining_takes()
    {
        var timeout = _host.Api.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        Assert.Equal(TimeSpan.FromSeconds(28), timeout);
    }

    /// <summary>SIGTERM, as far as the service can tell.</summary>
    private void Stop() => _stopping = _host.Api.Services.GetRequiredService<IHost>().StopAsync();

    private async Task<(string? Reason, int Turns)> RecordAsync(RealtimeClient client)
    {
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString();
        await using var command = _host.Api.Database.DataSource.CreateCommand($"select end_reason, turn_count from voice.sessions where id = '{id}'");
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        return (reader.GetString(0), reader.GetInt32(1));
    }
}
