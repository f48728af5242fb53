using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Voice.Bench.Running;

namespace Voice.Bench.Pipelines;

/// <summary>Whether every run finishes, once, in order, over three workers of which one is killed every ten seconds.</summary>
internal sealed class PipelinesBenchmark : IBenchmark
{
    private const int Runs = 200;
    private const int Workers = 3;
    private const int StepsOfRun = 5;
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public string Name => "pipelines";

    public string Description => "pipeline runs over three workers, one killed every 10 s: finished, and effects that happened twice";

    public IReadOnlyList<string> Figures => ["runs", "finished", "double_effects"];

    public IReadOnlyList<string> Builds => ["Inference.Worker/Inference.Worker.csproj"];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        await using var sink = await EffectSink.StartAsync(Work, context.Time);
        await using var fleet = await WorkerFleet.StartAsync(context, Workers, cancellationToken);
        await using var database = NpgsqlDataSource.Create(fleet.ConnectionString);
        await KeepPublishedAsync(database, cancellationToken);
        var started = context.Time.GetTimestamp();
        await StartRunsAsync(fleet, sink, cancellationToken);
        await context.Progress.WriteLineAsync($"{Runs} runs of {StepsOfRun} steps, {Workers} workers");

        using var ended = new CancellationTokenSource();
        var killing = KillAsync(fleet, context, ended.Token);
        var finished = 0L;
        using (var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250), context.Time))
        {
            while (finished < Runs && context.Time.GetElapsedTime(started) < Limit && await tick.WaitForNextTickAsync(cancellationToken))
            {
                finished = await CountAsync(database, "select count(*) from inference.pipeline_runs where state = 'succeeded'", cancellationToken);
            }
        }

        var seconds = context.Time.GetElapsedTime(started).TotalSeconds;
        await ended.CancelAsync();
        var kills = await killing;
        return await JudgeAsync(database, sink, finished, kills, seconds, context, cancellationToken);
    }

    private static async Task<int> KillAsync(WorkerFleet fleet, BenchmarkContext context, CancellationToken ended)
    {
        var kills = 0;
        using var timer = new PeriodicTimer(BetweenKills, context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                await context.Progress.WriteLineAsync($"worker {kills % Workers} is killed");
                await fleet.ReplaceAsync(kills++ % Workers, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // All runs are over.
        }

        return kills;
    }

    private static async Task StartRunsAsync(WorkerFleet fleet, EffectSink sink, CancellationToken cancellationToken)
    {
        using var client = fleet.Client(0);
        var address = sink.Address.ToString();
        var document = JsonNode.Parse(
            """
            {"name":"Killed","inputs":{"n":{"type":"json"}},"steps":[
              {"id":"look","type":"detect","with":{"text":"item {{inputs.n}} for a@example.com","kinds":["pii","actions"]}},
              {"id":"one","type":"http","with":{"url":"SINK{{run.id}}/one","body":{"seen":"{{steps.look.redacted}}"}}},
              {"id":"think","type":"chat","with":{"prompt":"{{steps.look.redacted}}"},"needs":["one"]},
              {"id":"say","type":"speak","with":{"text":"Item {{inputs.n}} is done."},"needs":["one"]},
              {"id":"two","type":"http","with":{"url":"SINK{{run.id}}/two","body":{"said":"{{steps.say.duration}}","thought":"{{steps.think.text}}"}}}]}
            """.Replace("SINK", address, StringComparison.Ordinal));
        using var made = await client.PostAsJsonAsync("/api/v1/pipelines", document, cancellationToken);
        var pipeline = JsonNode.Parse(await made.Content.ReadAsStringAsync(cancellationToken))?["id"]?.GetValue<string>()
            ?? throw new BenchmarkException($"The pipeline was refused with {(int)made.StatusCode}.");
        for (var n = 0; n < Runs; n++)
        {
            using var run = await client.PostAsJsonAsync($"/api/v1/pipelines/{pipeline}/runs", new JsonObject { ["inputs"] = new JsonObject { ["n"] = n } }, cancellationToken);
            if (!run.IsSuccessStatusCode)
            {
                throw new BenchmarkException($"A run was refused with {(int)run.StatusCode}.");
            }
        }
    }

    /// <summary>The relay takes usage away as soon as it is committed; this keeps what it said.</summary>
    private static async Task KeepPublishedAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            create table inference.published (body jsonb not null);
            create function inference.keep() returns trigger language plpgsql as $$ begin insert into inference.published values (new.body::jsonb); return null; end $$;
            create trigger keep after insert on inference.outbox for each row execute function inference.keep()
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyDictionary<string, double>> JudgeAsync(
        NpgsqlDataSource database, EffectSink sink, long finished, int kills, double seconds, BenchmarkContext context, CancellationToken cancellationToken)
    {
        // At the receiver: the same thing under two keys. In the database: a step that succeeded twice, usage that was published twice.
        var atSink = sink.Effects.Sum(effect => effect.Distinct().Count() - 1);
        var steps = await CountAsync(
            database, "select coalesce(sum(n - 1), 0)::bigint from (select count(*) as n from inference.pipeline_events where type = 'step.succeeded' group by run_id, data->>'step') e", cancellationToken);
        var usage = await CountAsync(
            database, "select coalesce(sum(n - 1), 0)::bigint from (select count(*) as n from inference.published group by body->>'event_id') e", cancellationToken);
        var missing = (2 * Runs) - sink.Effects.Count();
        var early = await CountAsync(
            database,
            """
            select count(*) from inference.pipeline_steps a join inference.pipeline_steps b on b.run_id = a.run_id
            where (a.id, b.id) in (('look', 'one'), ('one', 'think'), ('one', 'say'), ('think', 'two'), ('say', 'two')) and b.started_at < a.ended_at
            """, cancellationToken);
        var gaps = await CountAsync(
            database, "select count(*) from (select run_id from inference.pipeline_events group by run_id having max(sequence) <> count(*)) g", cancellationToken);
        var lost = await CountAsync(database, "select count(*) from inference.pipeline_attempts where outcome = 'lost'", cancellationToken);
        var repeated = sink.Requests.Count - sink.Requests.Distinct().Count();
        await context.Progress.WriteLineAsync(
            $"{finished} of {Runs} in {seconds:0.0} s, {kills} kills, {lost} attempts lost with them, {repeated} requests sent again with the same key, {missing} effects missing, {early} steps too early, {gaps} runs with a gap in their events");
        return new Dictionary<string, double>
        {
            ["runs"] = Runs, ["finished"] = finished, ["double_effects"] = atSink + steps + usage, ["order_violations"] = early + gaps, ["missing_effects"] = missing,
            ["kills"] = kills, ["lost_attempts"] = lost, ["repeated_requests"] = repeated, ["seconds"] = seconds,
        };
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
