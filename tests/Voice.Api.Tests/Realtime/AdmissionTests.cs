using System.Diagnostics.Metrics;
using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Voice.Api.Realtime;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

public sealed class AdmissionTests : IClassFixture<AdmissionTests.SmallHost>, IDisposable
{
    private readonly RealtimeHost _host;
    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public AdmissionTests(SmallHost host)
    {
        _host = host.Host;
        _host.Reset();
    }

    [Fact]
    public async Task One_session_too_many_is_told_when_to_come_back_and_comes_in_when_another_has_left()
    {
        await using var first = await _host.BeginAsync();
        await using var second = await _host.ConnectAsync();

        var error = await second.ErrorAsync();
        Assert.Equal("server_overloaded", error.GetProperty("code").GetString());
        Assert.Equal("server_error", error.GetProperty("type").GetString());
        Assert.Equal(1_500, error.GetProperty("retry_after_ms").GetInt32());
        await second.UntilClosedAsync();
        Assert.Equal((WebSocketCloseStatus)1013, second.CloseStatus);
        Assert.Equal("server_overloaded", second.CloseReason);
        using var http = new HttpClient();
        using var health = await http.GetAsync(new Uri(_host.Address, "/health")).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);

        await first.SpeakAsync();
        await first.UntilAsync("voiceaspire.turn");
        await first.CloseAsync();
        await Deadline.Until(async () =>
        {
            await using var third = await _host.ConnectAsync();
            return RealtimeClient.Type((await third.NextAsync())!.Value) == "session.created";
        });
    }

    [Fact]
    public void Slow_threads_close_the_door_and_only_lasting_calm_opens_it_again()
    {
        var options = new RealtimeOptions { MaxLag = TimeSpan.FromMilliseconds(100), Calm = TimeSpan.FromSeconds(3) };
        using var load = new LoadMonitor(Options.Create(options), Metrics(), _time);

        Observe(load, milliseconds: 300, times: 10);
        Assert.False(load.Overloaded);
        Observe(load, milliseconds: 300, times: 1);
        Assert.True(load.Overloaded);

        // Between half the limit and the limit nothing changes, however long it lasts.
        Observe(load, milliseconds: 60, times: 200);
        Assert.True(load.Overloaded);
        Observe(load, milliseconds: 10, times: 50);
        Assert.True(load.Overloaded);
        Observe(load, milliseconds: 60, times: 20);
        Observe(load, milliseconds: 10, times: 69);
        Assert.True(load.Overloaded);
        Observe(load, milliseconds: 10, times: 3);
        Assert.False(load.Overloaded);

        // And what closed it once must last to close it again.
        Observe(load, milliseconds: 120, times: 10);
        Assert.False(load.Overloaded);
    }

    public void Dispose() => _metrics.Dispose();

    private RealtimeMetrics Metrics() => new(_metrics.GetRequiredService<IMeterFactory>());

    private void Observe(LoadMonitor load, int milliseconds, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(LoadMonitor.Interval);
            load.Observe(TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    public sealed class SmallHost : IAsyncLifetime
    {
        public RealtimeHost Host { get; } = new()
        {
            Settings = [("Inference:Engine", "simulated"), ("Realtime:MaxSessions", "1"), ("Realtime:RetryAfter", "00:00:01.500")],
        };

        public Task InitializeAsync() => Host.InitializeAsync();

        public Task DisposeAsync() => Host.DisposeAsync();
    }
}
