using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voice.Bench.Running;
using Voice.Offline.Servers;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Bench.Bus;

/// <summary>A PostgreSQL of its own, durable as an operator's, a service that publishes and four that subscribe.</summary>
internal sealed partial class BusStack : IAsyncDisposable
{
    private const int Writers = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("voice-bench-bus-").FullName;
    private readonly TimeProvider _time;
    private readonly List<IHost> _services = [];
    private readonly ConcurrentDictionary<string, long> _handledAt = new();
    private readonly ConcurrentDictionary<string, long> _publishedAt = new();
    private PostgresServer _server = null!;
    private NpgsqlDataSource _database = null!;
    private IHost _publisher = null!;
    private int _handled;
    private (long Commits, TimeSpan Services) _before;

    private BusStack(TimeProvider time) => _time = time;

    public static async Task<BusStack> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var stack = new BusStack(time);
        try
        {
            await stack.StartAsync(cancellationToken);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes so many as fast as it goes, one in each transaction, while they are handled.</summary>
    /// <returns>From the first transaction's begin to the last handler's commit.</returns>
    public async Task<TimeSpan> FloodAsync(BusRun run, int messages, CancellationToken cancellationToken)
    {
        var (before, started) = (Volatile.Read(ref _handled), _time.GetTimestamp());

        // A session has one writer: its messages are published in their order.
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (var number = 0; number < messages; number++)
                {
                    if (number % run.Keys % Writers == writer)
                    {
                        await PublishAsync(run, number, cancellationToken);
                    }
                }
            },
            cancellationToken)));
        await UntilHandledAsync(before + messages, cancellationToken);
        return _time.GetElapsedTime(started);
    }

    /// <returns>Milliseconds from the publishing transaction's begin to the handling transaction's commit.</returns>
    public async Task<IReadOnlyList<double>> PaceAsync(BusRun run, int perSecond, TimeSpan length, CancellationToken cancellationToken)
    {
        var messages = (int)(perSecond * length.TotalSeconds);
        var before = Volatile.Read(ref _handled);
        var started = _time.GetTimestamp();
        var publishing = new List<Task>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1), _time);
        for (var number = 0; number < messages;)
        {
            for (var due = (int)(_time.GetElapsedTime(started).TotalSeconds * perSecond); number < Math.Min(due, messages); number++)
            {
                _publishedAt[Id(run, number)] = _time.GetTimestamp();
                publishing.Add(PublishAsync(run, number, cancellationToken));
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }

        await Task.WhenAll(publishing);
        await UntilHandledAsync(before + messages, cancellationToken);
        return [.. _publishedAt.Select(sent => _time.GetElapsedTime(sent.Value, _handledAt[sent.Key]).TotalMilliseconds)];
    }

    /// <summary>Nothing is lost, doubled, left over or out of order.</summary>
    public async Task VerifyAsync(int messages, CancellationToken cancellationToken)
    {
        await CountAsync("effects", messages, "select count(*) from safety.effects", cancellationToken);
        await CountAsync("different effects", messages, "select count(*) from (select distinct session, sequence from safety.effects) e", cancellationToken);
        await CountAsync("dead letters", 0, "select count(*) from messaging.dead_letters", cancellationToken);
        await CountAsync("messages not yet sent", 0, "select count(*) from voice.outbox", cancellationToken);
        await CountAsync(
            "messages out of order", 0,
            "select count(*) from (select sequence, row_number() over (partition by session order by id) as expected from safety.effects) e where sequence <> expected",
            cancellationToken);
    }

    /// <summary>How much processor each side took since the last call, for who wants to know where the time goes.</summary>
    public async Task<string> CostAsync(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("select xact_commit from pg_stat_database where datname = current_database()");
        var commits = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        var services = Process.GetCurrentProcess().TotalProcessorTime;
        var text = $"{commits - _before.Commits} commits; processor {(services - _before.Services).TotalSeconds:0.0} s in the services";
        _before = (commits, services);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string Id(BusRun run, int number) => $"turn_{run.Session(number)}_{run.Sequence(number)}";

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = await PostgresServer.StartAsync(Path.Combine(_folder, "postgres"), cancellationToken: cancellationToken);
        await _server.CreateDatabaseAsync("bus", cancellationToken);
        _database = NpgsqlDataSource.Create(_server.ConnectionStringFor("bus"));
        _publisher = await ServiceAsync(builder => builder.AddOutbox("voice"), cancellationToken);
        await ServiceAsync(builder => builder.AddSubscription(Subscriptions.Safety, "safety").AddHandler<TurnCompleted, BusHandler>(), cancellationToken);
        await using (var effects = _database.CreateCommand("create table safety.effects (id bigint generated always as identity primary key, session text not null, sequence int not null)"))
        {
            await effects.ExecuteNonQueryAsync(cancellationToken);
        }

        await ServiceAsync(builder => builder.AddSubscription(Subscriptions.Safety, "safety").AddHandler<TurnCompleted, BusHandler>(), cancellationToken);
        await ServiceAsync(builder => builder.AddSubscription(Subscriptions.Export, "export"), cancellationToken);
        await ServiceAsync(builder => builder.AddSubscription(Subscriptions.Usage, "gateway"), cancellationToken);
    }

    private async Task<IHost> ServiceAsync(Action<IHostApplicationBuilder> add, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production", ApplicationName = "bus" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:voicedb"] = _server.ConnectionStringFor("bus") });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        add(builder);
        // Whoever passes a message over has done nothing that is to be counted.
        var handles = builder.Services.Any(service => service.ServiceType == typeof(BusHandler));
        if (!handles)
        {
            return await StartAsync(builder, cancellationToken);
        }

        var transport = builder.Services.Single(service => service.ServiceType == typeof(IMessageTransport)).ImplementationType!;
        builder.Services.AddSingleton<IMessageTransport>(services => new TimedTransport((IMessageTransport)ActivatorUtilities.CreateInstance(services, transport), Handled));
        return await StartAsync(builder, cancellationToken);
    }

    private async Task<IHost> StartAsync(HostApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var host = builder.Build();
        _services.Add(host);
        await host.StartAsync(cancellationToken);
        return host;
    }

    private void Handled(MessageEnvelope message)
    {
        // "turn_id":"turn_sess_run2_17_3"
        var id = TurnId().Match(message.Body).Groups["id"].Value;
        _handledAt.TryAdd(id, _time.GetTimestamp());
        Interlocked.Increment(ref _handled);
    }

    [GeneratedRegex("\"turn_id\":\"(?<id>[^\"]+)\"")]
    private static partial Regex TurnId();

    private async Task PublishAsync(BusRun run, int number, CancellationToken cancellationToken)
    {
        var (session, sequence) = (run.Session(number), run.Sequence(number));
        var message = new TurnCompleted(
            session, "org_1", "user_1", "receptionist", "agent", "en", Id(run, number), sequence, "what are your opening hours", 0.9,
            "We are open from nine to five.", new Dictionary<string, double> { ["voice_to_voice"] = 512.5 }, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
        var outbox = _publisher.Services.GetRequiredService<Outbox>();
        await using var connection = await _publisher.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await outbox.AddAsync(connection, transaction, message, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task UntilHandledAsync(int count, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5), _time);
        while (Volatile.Read(ref _handled) < count)
        {
            if (limit.IsCancellationRequested)
            {
                throw new BenchmarkException($"Only {_handled} of {count} messages were handled.");
            }

            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task CountAsync(string what, long expected, string sql, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(sql);
        var found = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        if (found != expected)
        {
            throw new BenchmarkException($"{found} {what} instead of {expected}.");
        }
    }
}
