using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Voice.Inference.Tests.Pipelines;

[Collection(PipelineCollection.Name)]
public sealed class PipelineRunTests(PipelineService service)
{
    [Fact]
    public async Task A_saved_document_that_is_wrong_is_refused_with_every_problem_and_its_place()
    {
        using var client = service.NewOrganization();
        var refusal = await client.RefusedAsync("""{"name":"X","steps":[{"id":"a","type":"detect","with":{"text":"{{steps.b.text}}"}},{"id":"c","type":"http","with":{} }]}""");
        Assert.Equal(("invalid_pipeline", "steps[1].with.url"), (refusal["code"]!.GetValue<string>(), refusal["param"]!.GetValue<string>()));
        Assert.Equal(["a", "c"], refusal["problems"]!.AsArray().Select(problem => problem!["step"]!.GetValue<string>()).Order());

        var check = await client.PostAsync("/api/v1/pipelines/check", """{"name":"X","steps":[]}""");
        Assert.False(check["valid"]!.GetValue<bool>());
        Assert.Equal("steps", check["problems"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_version_never_changes_and_nobody_overwrites_what_they_have_not_read()
    {
        using var client = service.NewOrganization();
        var id = await client.CreateAsync(Say("first"));
        foreach (var (tag, expected) in new[] { (null, HttpStatusCode.PreconditionRequired), ("\"7\"", HttpStatusCode.PreconditionFailed), ("\"1\"", HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/pipelines/{id}") { Content = PipelineClient.Json(Say("second")) };
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            using var response = await client.Http.SendAsync(request).OrTimeout();
            Assert.Equal(expected, response.StatusCode);
        }

        Assert.Equal(["2", "1"], (await client.GetAsync($"/api/v1/pipelines/{id}/versions"))["data"]!.AsArray().Select(version => version!["version"]!.ToString()));
        Assert.Contains("second", (await client.GetAsync($"/api/v1/pipelines/{id}"))["document"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("first", (await client.GetAsync($"/api/v1/pipelines/{id}?version=1"))["document"]!.ToJsonString(), StringComparison.Ordinal);

        // A run of the old version, and the same again by the new one.
        var old = await client.UntilAsync(await client.StartAsync(id, """{"version":1}"""));
        var again = await client.PostAsync($"/api/v1/pipeline-runs/{old["id"]}/rerun", "{}", HttpStatusCode.Created);
        Assert.Equal((2, old["id"]!.ToString()), (again["version"]!.GetValue<int>(), again["source_run_id"]!.ToString()));
        Assert.Contains("second", (await client.UntilAsync(again["id"]!.ToString()))["outputs"]!.ToJsonString(), StringComparison.Ordinal);
        static string Say(string word) =>
            """{"name":"X","steps":[{"id":"a","type":"detect","with":{"text":"WORD a@example.com","kinds":["pii"]}}],"outputs":{"o":"{{steps.a.redacted}}"}}""".Replace("WORD", word, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"inputs":{"other":"x"}}""", "inputs.other")]
    [InlineData("""{"inputs":{"text":5}}""", "inputs.text")]
    [InlineData("""{"inputs":{}}""", "inputs.text")]
    [InlineData("""{"inputs":{"text":"x","sound":{"file":"pfile_unknown"}}}""", "inputs.sound")]
    [InlineData("""{"inputs":{"text":"x","sound":{"upload":"upl_unknown"}}}""", "inputs.sound")]
    [InlineData("""{"inputs":{"text":"x","sound":"x"}}""", "inputs.sound")]
    public async Task Inputs_that_the_pipeline_does_not_take_are_refused(string body, string param)
    {
        using var client = service.NewOrganization();
        var id = await client.CreateAsync("""{"name":"X","inputs":{"text":{"type":"text"},"sound":{"type":"audio","required":false}},"steps":[{"id":"a","type":"detect","with":{"text":"{{inputs.text}}"}}]}""");
        var refusal = await client.PostAsync($"/api/v1/pipelines/{id}/runs", body, HttpStatusCode.BadRequest);
        Assert.Equal(("invalid_inputs", param), (refusal["code"]!.GetValue<string>(), refusal["param"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_step_is_tried_again_with_the_same_key_and_then_its_fallback_takes_its_place()
    {
        await using var sink = await HttpSink.StartAsync();
        sink.Answer = (key, context) =>
        {
            var refused = !key.EndsWith(".fallback", StringComparison.Ordinal);
            context.Response.StatusCode = refused ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Task.FromResult(refused);
        };
        using var client = service.NewOrganization();
        var id = await client.CreateAsync(Document($$"""
            {"id":"tell","type":"http","with":{"url":"{{sink.Address}}tell","body":{"n":1} },"retry":{"attempts":2,"pause_seconds":0.05},
             "fallback":{"type":"http","with":{"url":"{{sink.Address}}other","body":{"n":2} } } }
            """));
        var run = await client.UntilAsync(await client.StartAsync(id));
        Assert.Equal([$"{run["id"]}.tell", $"{run["id"]}.tell", $"{run["id"]}.tell.fallback"], sink.Requests);
        var step = run["steps"]![0]!;
        Assert.True(step["fallback"]!.GetValue<bool>());
        Assert.Equal(["failed", "failed", "succeeded"], step["attempts"]!.AsArray().Select(attempt => attempt!["outcome"]!.GetValue<string>()));
        Assert.Equal("http_status", step["attempts"]![0]!["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_run_that_failed_goes_on_from_the_failed_step_and_repeats_nothing()
    {
        await using var sink = await HttpSink.StartAsync();
        var broken = true;
        sink.Answer = (key, context) =>
        {
            context.Response.StatusCode = key.EndsWith(".second", StringComparison.Ordinal) && broken ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
            return Task.FromResult(context.Response.StatusCode != StatusCodes.Status200OK);
        };
        using var client = service.NewOrganization();
        var id = await client.CreateAsync(Document(
            $$$"""{"id":"first","type":"http","with":{"url":"{{{sink.Address}}}1","body":{} }}""",
            $$$"""{"id":"second","type":"http","with":{"url":"{{{sink.Address}}}2","body":{"of":"{{steps.first.status}}"} }}""",
            $$$"""{"id":"third","type":"http","with":{"url":"{{{sink.Address}}}3","body":{"of":"{{steps.second.status}}"} }}"""));
        var failed = await client.UntilAsync(await client.StartAsync(id), "failed");
        Assert.Equal(("second", "http_status"), (failed["error"]!["step"]!.GetValue<string>(), failed["error"]!["code"]!.GetValue<string>()));

        broken = false;
        await client.PostAsync($"/api/v1/pipeline-runs/{failed["id"]}/resume");
        var run = await client.UntilAsync(failed["id"]!.ToString());
        Assert.Equal([$"{run["id"]}.first", $"{run["id"]}.second", $"{run["id"]}.second", $"{run["id"]}.third"], sink.Requests);
        Assert.Equal("run_not_stopped", (await client.PostAsync($"/api/v1/pipeline-runs/{run["id"]}/resume", "{}", HttpStatusCode.Conflict))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Cancelling_reaches_a_step_at_work_and_the_rest_never_begins()
    {
        await using var sink = await HttpSink.StartAsync();
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sink.Answer = async (_, context) =>
        {
            await using var ended = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return true;
        };
        using var client = service.NewOrganization();
        var id = await client.CreateAsync(Document(
            $$$"""{"id":"slow","type":"http","with":{"url":"{{{sink.Address}}}","body":{} },"timeout_seconds":300}""",
            $$$"""{"id":"after","type":"http","with":{"url":"{{{sink.Address}}}","body":{"of":"{{steps.slow.status}}"} }}"""));
        var run = await client.StartAsync(id);
        await Deadline.Until(() => Task.FromResult(!sink.Requests.IsEmpty));
        await client.PostAsync($"/api/v1/pipeline-runs/{run}/cancel");
        await gone.Task.OrTimeout();
        var cancelled = await client.UntilAsync(run, "cancelled");
        Assert.Equal(["cancelled", "cancelled"], cancelled["steps"]!.AsArray().Select(step => step!["state"]!.GetValue<string>()));
        Assert.Single(sink.Requests);
        Assert.Equal("run_over", (await client.PostAsync($"/api/v1/pipeline-runs/{run}/cancel", "{}", HttpStatusCode.Conflict))["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Branches_are_at_work_at_the_same_time_and_a_step_that_needs_both_waits()
    {
        await using var sink = await HttpSink.StartAsync();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sink.Answer = async (key, _) =>
        {
            if (sink.Requests.Count == 2)
            {
                both.TrySetResult();
            }

            // Each is answered when the other is there: one after the other they would never be.
            await both.Task.OrTimeout();
            return false;
        };
        using var client = service.NewOrganization();
        var id = await client.CreateAsync(Document(
            $$$"""{"id":"left","type":"http","with":{"url":"{{{sink.Address}}}","body":{} }}""",
            $$$"""{"id":"right","type":"http","with":{"url":"{{{sink.Address}}}","body":{} }}""",
            $$$"""{"id":"join","type":"http","with":{"url":"{{{sink.Address}}}","body":{} },"needs":["left","right"]}"""));
        var run = await client.UntilAsync(await client.StartAsync(id));
        Assert.EndsWith(".join", sink.Requests.Last(), StringComparison.Ordinal);
        Assert.Equal(3, sink.Requests.Count);
        Assert.Equal("succeeded", run["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_idempotency_rule_makes_two_starts_one_run()
    {
        await using var sink = await HttpSink.StartAsync();
        using var client = service.NewOrganization();
        var id = await client.CreateAsync($$$"""
            {"name":"X","inputs":{"order":{"type":"text"}},"idempotency":{"key":"order {{inputs.order}}"},
             "steps":[{"id":"tell","type":"http","with":{"url":"{{{sink.Address}}}","body":{"order":"{{inputs.order}}"} } }]}
            """);
        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var response = await client.Http.PostAsync($"/api/v1/pipelines/{id}/runs", PipelineClient.Json("""{"inputs":{"order":"7"}}""")).OrTimeout();
            return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!.GetValue<string>());
        }));
        Assert.Single(started.Select(run => run.Item2).Distinct());
        Assert.Single(started, run => run.StatusCode == HttpStatusCode.Created);
        await client.UntilAsync(started[0].Item2);
        Assert.Single(sink.Requests);
        Assert.NotEqual(started[0].Item2, await client.StartAsync(id, """{"inputs":{"order":"8"}}"""));
    }

    [Fact]
    public async Task Events_are_numbered_without_a_gap_and_go_on_after_the_last_one_that_was_seen()
    {
        using var client = service.NewOrganization();
        var id = await client.CreateAsync(Document("""{"id":"a","type":"detect","with":{"text":"x"}}""", """{"id":"b","type":"detect","with":{"text":"y"},"needs":["a"]}"""));
        var run = await client.StartAsync(id);
        var all = await client.Http.GetStringAsync($"/api/v1/pipeline-runs/{run}/events").OrTimeout();
        Assert.Equal(
            ["1 run.created", "2 run.started", "3 step.started", "4 step.succeeded", "5 step.started", "6 step.succeeded", "7 run.succeeded"], Events(all));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pipeline-runs/{run}/events");
        request.Headers.Add("Last-Event-ID", "5");
        using var rest = await client.Http.SendAsync(request).OrTimeout();
        Assert.Equal(["6 step.succeeded", "7 run.succeeded"], Events(await rest.Content.ReadAsStringAsync()));

        using var over = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/pipeline-runs/{run}/events");
        over.Headers.Add("Last-Event-ID", "7");
        using var nothing = await client.Http.SendAsync(over).OrTimeout();
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    [Fact]
    public async Task A_bulk_run_keeps_to_its_number_and_tells_how_far_it_is()
    {
        await using var sink = await HttpSink.StartAsync();
        var (now, most) = (0, 0);
        var gate = new Lock();
        sink.Answer = async (_, _) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
            }

            await Task.Yield();
            lock (gate)
            {
                now--;
            }

            return false;
        };
        using var client = service.NewOrganization();
        var id = await client.CreateAsync($$$"""{"name":"X","inputs":{"n":{"type":"json"}},"steps":[{"id":"tell","type":"http","with":{"url":"{{{sink.Address}}}","body":"{{inputs.n}}"} }]}""");
        var items = new JsonArray([.. Enumerable.Range(0, 12).Select(n => (JsonNode)new JsonObject { ["n"] = n })]);
        var bulk = await client.PostAsync($"/api/v1/pipelines/{id}/bulk-runs", new JsonObject { ["items"] = items, ["parallel"] = 2 }.ToJsonString(), HttpStatusCode.Created);
        await Deadline.Until(async () => (bulk = await client.GetAsync($"/api/v1/pipeline-bulk-runs/{bulk["id"]}"))["finished"]!.GetValue<int>() == 12);
        Assert.Equal("""{"succeeded":12}""", bulk["states"]!.ToJsonString());
        Assert.InRange(most, 1, 2);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"{n}"), sink.Effects.Values.Select(body => $"{body}").OrderBy(int.Parse));
        Assert.Equal(12, (await client.GetAsync($"/api/v1/pipelines/{id}/runs?bulk_run={bulk["id"]}&limit=50"))["data"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("http://10.0.0.1/", "http_refused")]
    [InlineData("https://user@example.com/", "http_refused")]
    public async Task A_step_calls_no_address_that_the_operator_has_not_opened(string url, string code)
    {
        var options = new Inference.Pipelines.PipelineOptions();
        using var action = new Inference.Pipelines.Actions.HttpAction(
            Microsoft.Extensions.Options.Options.Create(options), new(new ServiceDefaults.Http.Outbound.OutboundConnector(options.Http)));
        var arguments = new Inference.Pipelines.Actions.StepArguments(new JsonObject { ["url"] = url });
        var failure = await Assert.ThrowsAsync<Inference.Pipelines.Runs.StepFailedException>(
            () => action.RunAsync(new Inference.Pipelines.Actions.StepCall("org_x", "run_x", "a", "run_x.a", arguments), CancellationToken.None).OrTimeout());
        Assert.Equal((code, false), (failure.Code, failure.Retryable));
    }

    private static string[] Events(string stream) =>
        [.. stream.Split("\n\n").Where(part => part.StartsWith("id: ", StringComparison.Ordinal)).Select(part => part.Split('\n')).Select(lines => $"{lines[0][4..]} {lines[1][7..]}")];

    private static string Document(params string[] steps) => $$"""{"name":"X","steps":[{{string.Join(',', steps)}}]}""";
}
