using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Voice.Inference.Tests.Pipelines;

/// <summary>Two real workers, one of which is killed in the middle of everything. The large version is <c>./bench/run pipelines</c>.</summary>
public sealed class KilledWorkerTests
{
    private const int Runs = 20;

    [Fact]
    public async Task Every_run_finishes_and_nothing_is_done_twice_when_a_worker_is_killed()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var sink = await HttpSink.StartAsync();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var atWork = 0;
        sink.Answer = async (_, context) =>
        {
            // Some steps are at work when the worker dies: half of them have had their effect by then, and nobody heard of it.
            if (Interlocked.Increment(ref atWork) is > 10 and <= 16)
            {
                await held.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
            }

            return false;
        };

        await using var victim = await WorkerCopy.StartAsync(database);
        // The relay takes messages away as soon as they are committed; this keeps what they said.
        await database.ExecuteAsync(
            """
            create table inference.published (body jsonb not null);
            create function inference.keep() returns trigger language plpgsql as $$ begin insert into inference.published values (new.body::jsonb); return null; end $$;
            create trigger keep after insert on inference.outbox for each row execute function inference.keep()
            """);
        using var first = Client(victim);
        var pipeline = await first.CreateAsync($$$"""
            {"name":"X","inputs":{"n":{"type":"json"} },"steps":[
              {"id":"look","type":"detect","with":{"text":"item {{inputs.n}} a@example.com","kinds":["pii"]} },
              {"id":"one","type":"http","with":{"url":"{{{sink.Address}}}one","body":{"n":"{{inputs.n}}","seen":"{{steps.look.redacted}}"} } },
              {"id":"think","type":"chat","with":{"prompt":"{{steps.look.redacted}}"},"needs":["one"]},
              {"id":"two","type":"http","with":{"url":"{{{sink.Address}}}two","body":{"n":"{{inputs.n}}"} },"needs":["think"]}]}
            """);
        var runs = new List<string>();
        for (var n = 0; n < Runs; n++)
        {
            runs.Add(await first.StartAsync(pipeline, $$"""{"inputs":{"n":{{n}} } }"""));
        }

        await Deadline.Until(() => Task.FromResult(Volatile.Read(ref atWork) > 12));
        await victim.KillAsync();
        held.SetResult();
        await using var heir = await WorkerCopy.StartAsync(database);
        await Deadline.Until(
            async () => await database.ScalarAsync<long>("select count(*) from inference.pipeline_runs where state = 'succeeded'") == Runs, TimeSpan.FromSeconds(60));

        Assert.Equal(runs.SelectMany(run => new[] { $"{run}.one", $"{run}.two" }).Order(), sink.Effects.Keys.Order());
        // In order: what came second in a run came second at the receiver.
        var arrived = sink.Requests.ToList();
        Assert.All(runs, run => Assert.True(arrived.LastIndexOf($"{run}.one") < arrived.IndexOf($"{run}.two"), run));
        await NothingTwiceAsync(database);
        Assert.True(await database.ScalarAsync<long>("select count(*) from inference.pipeline_attempts where outcome = 'lost'") > 0);
    }

    private static async Task NothingTwiceAsync(TestDatabase database)
    {
        // Each step once, each usage once, events without a gap, and no step began before what it needs was done.
        Assert.Equal(4 * Runs, await database.ScalarAsync<long>("select count(*) from inference.pipeline_events where type = 'step.succeeded'"));
        Assert.Equal(4 * Runs, await database.ScalarAsync<long>("select count(distinct (run_id, data->>'step')) from inference.pipeline_events where type = 'step.succeeded'"));
        Assert.Equal(4 * Runs, await database.ScalarAsync<long>("select count(*) from inference.pipeline_attempts where outcome = 'succeeded'"));
        Assert.Equal(Runs, await database.ScalarAsync<long>("select count(*) from inference.published where body->>'kind' = 'tokens'"));
        Assert.Equal(0, await database.ScalarAsync<long>("select count(*) from (select run_id from inference.pipeline_events group by run_id having max(sequence) <> count(*)) gaps"));
        Assert.Equal(0, await database.ScalarAsync<long>(
            """
            select count(*) from inference.pipeline_steps a join inference.pipeline_steps b on b.run_id = a.run_id and b.position = a.position + 1 where b.started_at < a.ended_at
            """));
    }

    private static PipelineClient Client(WorkerCopy worker)
    {
        var http = new HttpClient { BaseAddress = worker.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TestIdentity.Token("org_killed"));
        return new PipelineClient(http);
    }
}
