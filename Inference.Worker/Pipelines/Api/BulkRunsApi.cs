using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Inference.Pipelines.Bulk;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Pipelines.Api;

/// <summary>One pipeline over many inputs, so many at a time.</summary>
internal static class BulkRunsApi
{
    private const string List = "pipeline-bulk-runs";
    private const int MaxItems = 500;
    private const int MaxParallel = 50;
    private const int DefaultParallel = 4;

    private const string RequestSchema = """
        {"type":"object","properties":{
          "items":{"type":"array","minItems":1,"maxItems":500,"items":{"type":"object"},"description":"The inputs of each run."},
          "inputs":{"type":"object","description":"Inputs that all runs have."},
          "parallel":{"type":["integer","null"],"minimum":1,"maximum":50,"default":4,"description":"How many runs are at work at once."},
          "version":{"type":["integer","null"]}}}
        """;

    public static void MapBulkRunsApi(this IEndpointRouteBuilder routes)
    {
        var of = routes.MapGroup("/api/v1/pipelines/{id}/bulk-runs").WithTags("Pipelines");
        of.MapPost("/", StartAsync).RequireScope(Scopes.PipelinesWrite).WithMetadata(new RequestSizeLimitAttribute(RunsApi.MaxBody)).DisableAntiforgery()
            .WithName("StartPipelineBulkRun").WithSummary("Run a pipeline over many inputs")
            .WithDescription("JSON with a list of inputs, or a form with many files: each is the audio input of one run; `input` names it where the pipeline has several, `inputs` is the JSON of what all runs share. All runs are made, or none.")
            .WithErrors("pipeline_not_found", "pipeline_version_not_found", "invalid_inputs", "invalid_request", "invalid_content_type", "invalid_form", "payload_too_large", "run_exists")
            .WithIdempotencyKey().WithBody("application/json", RequestSchema).WithRequestExample(PipelineExamples.BulkRequest)
            .WithResponseExample(PipelineExamples.BulkRun, StatusCodes.Status201Created)
            .WithResponseHeader("Location", StatusCodes.Status201Created);
        of.MapGet("/", ListAsync).RequireScope(Scopes.PipelinesRead).WithName("ListPipelineBulkRuns").WithSummary("List the bulk runs of a pipeline").WithDescription("The newest first.")
            .WithErrors("pipeline_not_found", "invalid_limit", "invalid_cursor").WithResponseExample(PipelineExamples.BulkRuns);
        var one = routes.MapGroup("/api/v1/pipeline-bulk-runs").WithTags("Pipelines");
        one.MapGet("/{id}", GetAsync).RequireScope(Scopes.PipelinesRead).WithName("GetPipelineBulkRun").WithSummary("Read a bulk run's progress")
            .WithDescription("How many runs are in which state; its runs are listed with the pipeline's, by `bulk_run`.").WithErrors("bulk_run_not_found").WithResponseExample(PipelineExamples.BulkRun);
        one.MapPost("/{id}/cancel", CancelAsync).RequireScope(Scopes.PipelinesWrite).WithName("CancelPipelineBulkRun").WithSummary("Cancel a bulk run")
            .WithDescription("Every run of it that is not over.").WithErrors("bulk_run_not_found").WithIdempotencyKey().WithResponseExample(PipelineExamples.BulkRun);
    }

    private static async Task<Results<Created<BulkRunView>, ProblemHttpResult>> StartAsync(
        string id, [FromServices] RunServices services, [FromServices] BulkStore bulk, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        if (await services.Pipelines.FindAsync(caller.OrganizationId, id, cancellationToken) is not { } pipeline)
        {
            return PipelineAnswers.NoPipeline();
        }

        var (body, refusal) = await services.Requests.ReadAsync(context.Request, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var version = Whole(body.Members["version"], pipeline.Version);
        if (version is null || version > pipeline.Version)
        {
            return version is null ? Bad("version", "'version' is a whole number.") : PipelineAnswers.NotFound("version of the pipeline", "pipeline_version_not_found");
        }

        if (Whole(body.Members["parallel"], DefaultParallel) is not { } parallel || parallel > MaxParallel)
        {
            return Bad("parallel", $"'parallel' is a whole number from 1 to {MaxParallel}.");
        }

        var document = await services.Loader.DocumentAsync(caller.OrganizationId, id, version.Value, cancellationToken);
        var (runs, problem) = await RunsAsync(services, caller, id, version.Value, document, body, cancellationToken);
        if (runs is null)
        {
            return PipelineAnswers.InvalidInputs(problem!);
        }

        return await bulk.CreateAsync(runs, parallel, cancellationToken) is { } made
            ? TypedResults.Created($"/api/v1/pipeline-bulk-runs/{made}", (await bulk.ListAsync(caller.OrganizationId, "", made, "", 1, cancellationToken))[0])
            : ApiError.Result(StatusCodes.Status409Conflict, "run_exists", "By the pipeline's idempotency rule there is a run for each of these inputs already.");
    }

    private static async Task<(List<NewRun>? Runs, PipelineProblem? Problem)> RunsAsync(
        RunServices services, Caller caller, string id, int version, PipelineDocument document, RunBody body, CancellationToken cancellationToken)
    {
        var shared = body.Members["inputs"] as JsonObject ?? [];
        var (items, wrong) = await ItemsAsync(services, caller, document, body, cancellationToken);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        List<NewRun> runs = [];
        foreach (var (item, file) in items)
        {
            foreach (var (name, value) in shared.Where(input => !item.ContainsKey(input.Key)))
            {
                item[name] = value?.DeepClone();
            }

            IReadOnlyList<PipelineFile> kept = file is null ? [] : [file];
            var (taken, missing) = await services.Requests.TakeAsync(caller.OrganizationId, document, item, kept, cancellationToken);
            var (inputs, problem) = missing is null ? RunInputs.Check(document, item) : (null, missing);
            if (inputs is null)
            {
                return (null, problem! with { Field = problem.Field.Replace("inputs", $"items[{runs.Count}]", StringComparison.Ordinal) });
            }

            runs.Add(new NewRun(caller.OrganizationId, id, version, document, inputs, caller.Subject, [.. kept, .. taken]));
        }

        return (runs, null);
    }

    private static async Task<(List<(JsonObject Item, PipelineFile? File)> Items, PipelineProblem? Problem)> ItemsAsync(
        RunServices services, Caller caller, PipelineDocument document, RunBody body, CancellationToken cancellationToken)
    {
        List<(JsonObject, PipelineFile?)> items = [];
        if (body.Files.Count > 0)
        {
            var name = body.Members["input"] is JsonValue named ? Template.Written(named) : null;
            var audio = document.Inputs.Where(input => input.Type == InputTypes.Audio && (name is null || input.Name == name)).ToList();
            if (audio.Count != 1)
            {
                return ([], new PipelineProblem(null, "input", "Say with 'input' which audio input of the pipeline the files are."));
            }

            foreach (var part in body.Files)
            {
                var file = await services.Requests.KeepAsync(caller.OrganizationId, part, cancellationToken);
                items.Add((new JsonObject { [audio[0].Name] = file.AsValue() }, file));
            }

            return (items, null);
        }

        if (body.Members["items"] is not JsonArray { Count: > 0 and <= MaxItems } list || !list.All(item => item is JsonObject))
        {
            return ([], new PipelineProblem(null, "items", $"This is a list of 1 to {MaxItems} objects, each with the inputs of a run."));
        }

        return ([.. list.Select(item => ((JsonObject)item!.DeepClone(), (PipelineFile?)null))], null);
    }

    private static int? Whole(JsonNode? value, int otherwise) => value switch
    {
        null => otherwise,
        JsonValue number when number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<long>(out var whole) && whole is >= 1 and <= int.MaxValue => (int)whole,
        _ => null,
    };

    private static ProblemHttpResult Bad(string param, string message) => ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", message, param);

    private static async Task<Results<Ok<Page<BulkRunView>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, [FromServices] RunServices services, [FromServices] BulkStore bulk, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(services.Cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        var organization = context.User.GetCaller().OrganizationId;
        if (await services.Pipelines.FindAsync(organization, id, cancellationToken) is null)
        {
            return PipelineAnswers.NoPipeline();
        }

        var found = await bulk.ListAsync(organization, id, "", after?[0] ?? "", page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(found, one => one, last => services.Cursors.Write(List, last.Id)));
    }

    private static async Task<Results<Ok<BulkRunView>, ProblemHttpResult>> GetAsync(
        string id, [FromServices] BulkStore bulk, HttpContext context, CancellationToken cancellationToken) =>
        await bulk.ListAsync(context.User.GetCaller().OrganizationId, "", id, "", 1, cancellationToken) is [var found]
            ? TypedResults.Ok(found)
            : PipelineAnswers.NotFound("bulk run", "bulk_run_not_found");

    private static async Task<Results<Ok<BulkRunView>, ProblemHttpResult>> CancelAsync(
        string id, [FromServices] BulkStore bulk, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        if (await bulk.ListAsync(organization, "", id, "", 1, cancellationToken) is not [_])
        {
            return PipelineAnswers.NotFound("bulk run", "bulk_run_not_found");
        }

        await bulk.CancelAsync(id, cancellationToken);
        return TypedResults.Ok((await bulk.ListAsync(organization, "", id, "", 1, cancellationToken))[0]);
    }
}
