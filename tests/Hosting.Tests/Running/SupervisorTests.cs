using Aspire.Hosting;
using Aspire.Hosting.Running;

namespace Voice.Hosting.Tests.Running;

public class SupervisorTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly StringWriter _output = new();

    [Fact]
    public void Delays_double_up_to_the_longest()
    {
        var policy = new RestartPolicy { FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(5) };

        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(1, 5).Select(deaths => policy.DelayAfter(deaths).TotalSeconds));
    }

    [Fact]
    public async Task Deaths_that_are_far_apart_are_no_crash_loop()
    {
        var program = new Program();
        var supervisor = new Supervisor(program, [], new RestartPolicy(), new ConsoleOutput(_output, false, 0), _time);
        using var stop = new CancellationTokenSource();
        var running = supervisor.RunAsync(stop.Token);

        for (var death = 1; death <= 12; death++)
        {
            await program.StartedAsync(death);
            _time.Advance(TimeSpan.FromSeconds(30));
            program.Die();
            await Deadline.Until(() => Task.FromResult(supervisor.State == "down"));
            await Deadline.Until(() =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(program.Starts > death);
            });
        }

        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).OrTimeout();
    }

    [Fact]
    public async Task What_is_never_healthy_ends_the_run_and_says_what_it_answered()
    {
        var program = new Program { Answer = "http://127.0.0.1:1/health answers 503: no decoder" };
        var supervisor = new Supervisor(program, [], new RestartPolicy(), new ConsoleOutput(_output, false, 0), _time);
        var running = supervisor.RunAsync(CancellationToken.None);
        await program.StartedAsync(1);

        await Deadline.Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return Task.FromResult(running.IsCompleted);
        });

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => running);
        Assert.Contains("not healthy after 120 s: http://127.0.0.1:1/health answers 503: no decoder", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"level":"information","category":"Voice.Api.Sessions","message":"began"}""", "api began\n")]
    [InlineData("""{"level":"information","category":"Microsoft.Hosting.Lifetime","message":"noise"}""", "")]
    [InlineData("""{"level":"warning","category":"Npgsql.Connection","message":"slow"}""", "api warn: Connection: slow\n")]
    [InlineData("""{"level":"error","category":"Voice.Api.X","message":"bad","exception":"Boom\n at there"}""", "api error: X: bad\napi Boom\napi  at there\n")]
    [InlineData("Unhandled exception. Boom", "api Unhandled exception. Boom\n")]
    [InlineData("{ not json", "api { not json\n")]
    public void A_line_of_a_service_is_shown_when_it_is_its_own_word_or_a_problem(string line, string shown)
    {
        var parsed = LogLine.Parse(line);
        if (parsed.IsForConsole)
        {
            new ConsoleOutput(_output, false, 3).Write("api", parsed);
        }

        Assert.Equal(shown, _output.ToString());
    }

    [Fact]
    public void A_full_log_becomes_the_old_one_and_a_new_one_is_begun()
    {
        using var folder = new TemporaryFolder();
        using (var log = new LogFile(folder["api.log"], capacity: 100))
        {
            for (var line = 0; line < 40; line++)
            {
                log.WriteLine($"line {line:00} 123456789");
            }
        }

        Assert.InRange(new FileInfo(folder["api.log"]).Length, 1, 120);
        Assert.InRange(new FileInfo(folder["api.log.1"]).Length, 100, 120);
        Assert.EndsWith("line 39 123456789\n", File.ReadAllText(folder["api.log"]), StringComparison.Ordinal);
    }

    private sealed class Program : IRunnable
    {
        private TaskCompletionSource<int> _exited = new();

        public string Name => "program";

        public string? Url => null;

        public string? Answer { get; init; }

        public int Starts { get; private set; }

        public Task StartedAsync(int times) => Deadline.Until(() => Task.FromResult(Starts == times));

        public void Die() => _exited.SetResult(137);

        public Task<RunningProcess> StartAsync(CancellationToken cancellationToken)
        {
            _exited = new();
            Starts++;
            return Task.FromResult(new RunningProcess(1, _exited.Task, () => ["last words"], _ => Task.CompletedTask));
        }

        public Task WaitUntilHealthyAsync(Action<string> onUnhealthy, CancellationToken cancellationToken)
        {
            if (Answer is null)
            {
                return Task.CompletedTask;
            }

            onUnhealthy(Answer);
            return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
    }
}
