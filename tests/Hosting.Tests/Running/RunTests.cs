using System.Globalization;
using System.Text.Json;
using Voice.Offline.Servers;

namespace Voice.Hosting.Tests.Running;

public class RunTests
{
    [Fact]
    public async Task Services_start_in_order_and_get_the_keys_that_Aspire_gives()
    {
        using var folder = new TemporaryFolder();
        await using var run = TestRun.Start(folder["data"]);
        await run.ReadyAsync();

        var environment = JsonSerializer.Deserialize<Dictionary<string, string>>(await run.GetAsync("second-one", "/environment"))!;

        var first = run.Service("first").GetProperty("url").GetString()!;
        Assert.Equal(first, environment["services__first__http__0"]);
        Assert.Equal(first, environment["FIRST_HTTP"]);
        Assert.Equal("second-one", environment["OTEL_SERVICE_NAME"]);
        Assert.StartsWith("service.instance.id=", environment["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.Equal($"http://localhost:{run.Port}", environment["ASPNETCORE_URLS"]);
        Assert.Equal("Development", environment["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal(40, environment["Secret"].Length);
        Assert.True(
            run.Output.IndexOf("first      healthy", StringComparison.Ordinal) < run.Output.IndexOf("second-one begins", StringComparison.Ordinal), run.Output);
    }

    [Fact]
    public async Task The_servers_run_and_are_referenced_as_Aspire_does()
    {
        using var folder = new TemporaryFolder();
        await using var run = TestRun.Start(folder["data"], "--servers", "true");
        await run.ReadyAsync();

        var environment = JsonSerializer.Deserialize<Dictionary<string, string>>(await run.GetAsync("second-one", "/environment"))!;

        var (host, port, password) = (environment["VOICEDB_HOST"], environment["VOICEDB_PORT"], environment["VOICEDB_PASSWORD"]);
        Assert.Equal($"Host={host};Port={port};Username=postgres;Password={password};Database=voicedb", environment["ConnectionStrings__voicedb"]);
        Assert.Equal("voicedb", environment["VOICEDB_DATABASENAME"]);
        Assert.Equal($"127.0.0.1:{environment["CACHE_PORT"]},password={environment["CACHE_PASSWORD"]}", environment["ConnectionStrings__cache"]);
        Assert.Contains($"BlobEndpoint={environment["BLOBS_URI"]};", environment["ConnectionStrings__blobs"], StringComparison.Ordinal);
        Assert.True(File.Exists(folder["data/logs/postgres.log"]));
    }

    [Fact]
    public async Task A_service_that_dies_is_shown_with_its_last_words_and_started_again_at_the_same_address()
    {
        using var folder = new TemporaryFolder();
        await using var run = TestRun.Start(folder["data"]);
        await run.ReadyAsync();
        var (pid, url) = (run.Pid("first"), run.Service("first").GetProperty("url").GetString());

        await Assert.ThrowsAnyAsync<Exception>(() => run.GetAsync("first", "/die"));
        await Deadline.Until(() => Task.FromResult(run.Service("first").GetProperty("state").GetString() == "healthy" && run.Pid("first") != pid));

        Assert.Equal(url, run.Service("first").GetProperty("url").GetString());
        Assert.Contains("(exit code 7). It is started again in 0.5 s. It said last:", run.Output, StringComparison.Ordinal);
        Assert.Contains("my last words", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_killed_comes_back_with_its_data_at_the_same_address()
    {
        using var folder = new TemporaryFolder();
        await using var run = TestRun.Start(folder["data"], "--servers", "true");
        await run.ReadyAsync();
        var pid = run.Pid("postgres");

        ProcessSignal.Send(pid, UnixSignal.Kill);
        await Deadline.Until(() => Task.FromResult(run.Service("postgres").GetProperty("state").GetString() == "healthy" && run.Pid("postgres") != pid));

        Assert.Contains("postgres died", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_loop_ends_the_run_with_a_failure()
    {
        using var folder = new TemporaryFolder();
        await using var run = TestRun.Start(folder["data"], "--second", "dies-at-once");

        Assert.Equal(1, await run.Ended.OrTimeout(TimeSpan.FromSeconds(60)));

        Assert.Contains("I cannot work like this", run.Output, StringComparison.Ordinal);
        Assert.Contains("second-one died 5 times within 60 s.", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["data/run.json"]));
    }

    [Theory]
    [InlineData(UnixSignal.Terminate)]
    [InlineData(UnixSignal.Interrupt)]
    public async Task A_signal_stops_everything_within_ten_seconds_even_what_ignores_it(UnixSignal signal)
    {
        using var folder = new TemporaryFolder();
        await using var run = TestRun.Start(folder["data"], "--servers", "true", "--first", "ignores-sigterm");
        await run.ReadyAsync();
        int[] pids = [run.Pid("first"), run.Pid("second-one"), run.Pid("postgres"), run.Pid("cache"), run.Pid("storage")];

        run.Signal(signal);

        Assert.Equal(0, await run.Ended.OrTimeout(TimeSpan.FromSeconds(10)));
        Assert.All(pids, pid => Assert.True(Processes.IsGone(pid)));
    }

    [Fact]
    public async Task Nothing_outlives_a_runner_that_is_killed_and_the_next_run_clears_what_its_services_had_started()
    {
        using var folder = new TemporaryFolder();
        int[] pids;
        int grandchild;
        await using (var run = TestRun.Start(folder["data"], "--servers", "true", "--first", "ignores-sigterm"))
        {
            await run.ReadyAsync();
            pids = [run.Pid("first"), run.Pid("second-one"), run.Pid("postgres"), run.Pid("cache"), run.Pid("storage")];
            grandchild = int.Parse(await run.GetAsync("second-one", "/spawn"), CultureInfo.InvariantCulture);

            run.Signal(UnixSignal.Kill);
            await Processes.AllGoneAsync(pids);
        }

        await using (var next = TestRun.Start(folder["data"], "--servers", "true"))
        {
            await next.ReadyAsync();
            await Processes.AllGoneAsync(grandchild);
        }
    }

    [Fact]
    public async Task Two_copies_run_side_by_side_but_not_on_one_folder_or_one_port()
    {
        using var folder = new TemporaryFolder();
        await using var one = TestRun.Start(folder["one"]);
        await using var two = TestRun.Start(folder["two"]);
        await one.ReadyAsync();
        await two.ReadyAsync();

        await using var sameFolder = TestRun.Start(folder["one"]);
        await using var samePort = TestRun.StartOn(one.Port, folder["three"]);

        Assert.Equal(1, await sameFolder.Ended.OrTimeout());
        Assert.Contains($"already runs on {folder["one"]} (process {one.Id}, http://localhost:{one.Port})", sameFolder.Output, StringComparison.Ordinal);
        Assert.Equal(1, await samePort.Ended.OrTimeout());
        Assert.Contains($"Port {one.Port} cannot be used", samePort.Output, StringComparison.Ordinal);
        Assert.Equal($"{one.Pid("first")}", await one.GetAsync("first", "/health"));
    }

    [Fact]
    public async Task Secrets_are_made_once_shown_once_and_private()
    {
        using var folder = new TemporaryFolder();
        var passwords = new List<string>();
        foreach (var shown in (bool[])[true, false])
        {
            await using var run = TestRun.Start(folder["data"]);
            await run.ReadyAsync();
            var password = JsonDocument.Parse(await run.GetAsync("second-one", "/environment")).RootElement.GetProperty("Secret").GetString()!;
            passwords.Add(password);
            Assert.Equal(shown, run.Output.Contains(password, StringComparison.Ordinal));
        }

        Assert.Single(passwords.Distinct());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["data/secrets.json"]));
    }

    [Fact]
    public async Task Publishing_says_that_it_needs_Aspire()
    {
        using var folder = new TemporaryFolder();
        await using var run = TestRun.Start(folder["data"], "--operation", "publish");

        Assert.Equal(1, await run.Ended.OrTimeout());
        Assert.Contains("UseAspire=true", run.Output, StringComparison.Ordinal);
    }
}
