using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Voice.Api.Tests.Realtime;

public sealed class RealtimeEndTests
{
    [Fact]
    public async Task A_session_that_reaches_its_limit_is_told_and_closed()
    {
        var host = new RealtimeHost { Settings = [("Realtime:SessionLimit", "00:00:01")] };
        await host.InitializeAsync();
        await using (var client = await host.BeginAsync())
        {
            var error = await client.ErrorAsync();
            await client.UntilClosedAsync();

            Assert.Equal(("invalid_request_error", "session_expired"), (error.GetProperty("type").GetString(), error.GetProperty("code").GetString()));
            Assert.Equal((WebSocketCloseStatus.PolicyViolation, "session_expired"), (client.CloseStatus, client.CloseReason));
        }

        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_stops_tells_its_clients_and_completes_their_record()
    {
        var host = new RealtimeHost();
        await host.InitializeAsync();
        await using (var client = await host.BeginAsync())
        {
            var id = client.Events[0].GetProperty("session").GetProperty("id").GetString()!;
            await client.SpeakAsync();
            await client.UntilAsync("voiceaspire.turn");
            host.Api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

            Assert.Equal("server_shutdown", (await client.ErrorAsync()).GetProperty("code").GetString());
            await client.UntilClosedAsync();
            Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
            await client.CloseAsync();
            await Deadline.Until(async () =>
            {
                await using var command = host.Api.Database.DataSource.CreateCommand(
                    $"select count(*) from voice.sessions s join voice.turns t on t.session_id = s.id where s.id = '{id}' and s.end_reason = 'server_shutdown'");
                return (long)(await command.ExecuteScalarAsync())! == 1;
            });
        }

        await host.DisposeAsync();
    }
}
