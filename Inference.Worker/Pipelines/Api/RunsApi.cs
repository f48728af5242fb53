using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Inference.Pipelines.Documents;
using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Pipelines.Api;

/// <summary><c>/api/v1/pipelines/{id}/runs</c> and <c>/api/v1/pipeline-runs</c>.</summary>
internal static class RunsApi
{
    /// <summary>A file and some room for the form around it.</summary>
    public const int MaxBody = PipelineFiles.MaxFile + (2 * 1024 * 1024);

    private const string List = "pipeline-runs";

    private const string RequestSchema = """
        {"type":"object","properties":{
          "inputs":{"type":"object","description":"By name. Audio is {\"upload\": id}, or {\"file\": id} of another run."},
          "version":{"type":["integer","null"],"description":"Of the pipeline; the newest unless given."}}}
        """;

    public static void MapRunsApi(this IEndpointRouteBuilder routes)
    {
        var of = routes.MapGroup("/api/v1/pipelines/{id}/runs").WithTags("Pipelines");
        of.MapPost("/", StartAsync).RequireScope(Scopes.PipelinesWrite).WithMetadata(new RequestSizeLimitAttribute(MaxBody)).DisableAntiforgery()
            .WithName("StartPipelineRun").WithSummary("Run a pipeline")
            .WithDescription("JSON, or a form whose files are the audio inputs of their names (`recording=@call.wav`), with the other inputs as JSON in the field `inputs`. Where the pipeline's idempotency rule says that there is such a run already, that one is answered with 200.")
            .WithErrors("pipeline_not_found", "pipeline_version_not_found", "invalid_inputs", "invalid_request", "invalid_content_type", "invalid_form", "payload_too_large")
            .WithIdempotencyKey().WithBody("application/json", RequestSchema).WithRequestExample(PipelineExamples.RunRequest)
            .WithResponseExample(PipelineExamples.RunStarted).WithResponseExample(PipelineExamples.RunStarted, StatusCodes.Status201Created)
            .WithResponseHeader("Location", StatusCodes.Status201Created);
        of.MapGet("/", ListAsync).RequireScope(Scopes.PipelinesRead).WithName("ListPipelineRuns").WithSummary("List the runs of a pipeline").WithDescription("The newest first.")
            .WithErrors("pipeline_not_found", "invalid_limit", "invalid_cursor").WithResponseExample(PipelineExamples.Runs);

        var runs = routes.MapGroup("/api/v1/pipeline-runs").WithTags("Pipelines");
        runs.MapGet("/{id}", GetAsync).RequireScope(Scopes.PipelinesRead).WithName("GetPipelineRun").WithSummary("Read a run")
            .WithDescription("With its inputs, outputs and steps, each with its attempts, usage and cost.").WithErrors("run_not_found").WithResponseExample(PipelineExamples.Run);
        runs.MapGet("/{id}/events", EventsAsync).RequireScope(Scopes.PipelinesRead).WithName("StreamPipelineRunEvents").WithSummary("Follow a run")
            .WithDescription("Server-sent events from the run's beginning, or from after `Last-Event-ID`, as they happen, until the run is over. 204 where it is over and all was told.")
            .WithErrors("run_not_found", "invalid_value").Produces(StatusCodes.Status200OK, contentType: "text/event-stream").Produces(StatusCodes.Status204NoContent);
        runs.MapPost("/{id}/cancel", CancelAsync).RequireScope(Scopes.PipelinesWrite).WithName("CancelPipelineRun").WithSummary("Cancel a run")
            .WithDescription("What is at work is told to stop, and its result is thrown away.").WithErrors("run_not_found", "run_over").WithIdempotencyKey()
            .WithResponseExample(PipelineExamples.RunStarted);
        runs.MapPost("/{id}/resume", ResumeAsync).RequireScope(Scopes.PipelinesWrite).WithName("ResumePipelineRun").WithSummary("Resume a run")
            .WithDescription("A run that failed or was cancelled goes on where it stopped; steps that have succeeded are not done again.")
            .WithErrors("run_not_found", "run_not_stopped").WithIdempotencyKey().WithResponseExample(PipelineExamples.RunStarted);
        runs.MapPost("/{id}/rerun", RerunAsync).RequireScope(Scopes.PipelinesWrite).WithName("RerunPipelineRun").WithSummary("Run again")
            .WithDescription("A new run with the same inputs, by the newest version of the pipeline or the one that is named.")
            .WithErrors("run_not_found", "pipeline_not_found", "pipeline_version_not_found", "invalid_inputs", "invalid_request").WithIdempotencyKey()
            .WithRequestExample("""{"version":1}""").WithResponseExample(PipelineExamples.RunStarted, StatusCodes.Status201Created)
            .WithResponseHeader("Location", StatusCodes.Status201Created);
        routes.MapGet("/api/v1/pipeline-files/{id}/content", FileAsync).RequireScope(Scopes.PipelinesRead).WithTags("Pipelines").WithName("GetPipelineFile").WithSummary("Download a file of a run")
            .WithDescription("Audio that went into a run or came out of one.").WithErrors("file_not_found")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    private static async Task<Results<Created<RunSummary>, Ok<RunSummary>, ProblemHttpResult>> StartAsync(
        string id, [FromServices] RunServices services, HttpContext context, CancellationToken cancellationToken)
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

        var (version, unread) = Version(body.Members, pipeline.Version);
        var given = body.Members["inputs"] is null ? [] : body.Members["inputs"] as JsonObject;
        if (unread is not null || given is null)
        {
            return unread ?? PipelineAnswers.InvalidInputs(new PipelineProblem(null, "inputs", "This is an object: a value for each name."));
        }

        if (version < 1 || version > pipeline.Version)
        {
            return PipelineAnswers.NotFound("version of the pipeline", "pipeline_version_not_found");
        }

        var document = await services.Loader.DocumentAsync(caller.OrganizationId, id, version, cancellationToken);
        List<PipelineFile> made = [];
        foreach (var part in body.Files)
        {
            if (document.FindInput(part.Name)?.Type != InputTypes.Audio)
            {
                return PipelineAnswers.InvalidInputs(new PipelineProblem(null, "inputs", "The form has a file that is no audio input of the pipeline."));
            }

            var file = await services.Requests.KeepAsync(caller.OrganizationId, part, cancellationToken);
            given[part.Name] = file.AsValue();
            made.Add(file);
        }

        return await BeginAsync(services, caller, pipeline.Id, version, document, given, made, null, cancellationToken);
    }

    private static async Task<Results<Created<RunSummary>, Ok<RunSummary>, ProblemHttpResult>> BeginAsync(
        RunServices services, Caller caller, string pipelineId, int version, PipelineDocument document, JsonObject given, List<PipelineFile> made, string? source,
        CancellationToken cancellationToken)
    {
        var (taken, missing) = await services.Requests.TakeAsync(caller.OrganizationId, document, given, made, cancellationToken);
        var (inputs, problem) = missing is null ? RunInputs.Check(document, given) : (null, missing);
        if (inputs is null)
        {
            return PipelineAnswers.InvalidInputs(problem!);
        }

        var run = new NewRun(caller.OrganizationId, pipelineId, version, document, inputs, caller.Subject, [.. made, .. taken], source);
        var (id, created) = await services.Runs.CreateAsync(run, cancellationToken);
        var summary = (await services.Reader.FindAsync(caller.OrganizationId, id, cancellationToken))!;
        return created ? TypedResults.Created($"/api/v1/pipeline-runs/{id}", summary) : TypedResults.Ok(summary);
    }

    private static (int Version, ProblemHttpResult? Refusal) Version(JsonObject members, int newest) => members["version"] switch
    {
        null => (newest, null),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var version) => ((int)Math.Clamp(version, 0, int.MaxValue), null),
        _ => (0, ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", "'version' is a whole number.", "version")),
    };

    private static async Task<Results<Ok<Page<RunSummary>>, ProblemHttpResult>> ListAsync(
        string id, [AsParameters] PageQuery page, [FromServices] RunServices services, HttpContext context, CancellationToken cancellationToken,
        [FromQuery(Name = "bulk_run")] string? bulkRun = null, string? state = null)
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

        var found = await services.Reader.ListAsync(organization, id, Plain(bulkRun), Plain(state), after?[0], page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(found, run => run, last => services.Cursors.Write(List, last.Id)));
    }

    // PostgreSQL refuses NUL in text; nothing of ours has one.
    private static string? Plain(string? text) => text?.Replace('\0', '-');

    private static async Task<Results<Ok<RunDetail>, ProblemHttpResult>> GetAsync(
        string id, [FromServices] RunServices services, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        return await services.Reader.FindAsync(organization, id, cancellationToken) is { } run
            ? TypedResults.Ok(await services.Reader.DetailAsync(organization, run, cancellationToken))
            : PipelineAnswers.NoRun();
    }

    private static async Task<Results<RunEventStream, NoContent, ProblemHttpResult>> EventsAsync(
        string id, [FromServices] RunServices services, [FromServices] RunEvents events, HttpContext context, CancellationToken cancellationToken)
    {
        if (await services.Reader.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is null)
        {
            return PipelineAnswers.NoRun();
        }

        var header = context.Request.Headers["Last-Event-ID"].ToString();
        var last = 0L;
        if (header.Length > 0 && (!long.TryParse(header, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out last)))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_value", "Last-Event-ID is the id of an event of this run.", "Last-Event-ID");
        }

        var (state, more) = await events.ListAsync(id, last, cancellationToken);
        return RunStates.IsOver(state) && more.Count == 0 ? TypedResults.NoContent() : new RunEventStream(id, last);
    }

    private static async Task<Results<Ok<RunSummary>, ProblemHttpResult>> CancelAsync(
        string id, [FromServices] RunServices services, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        if (await services.Reader.FindAsync(organization, id, cancellationToken) is null)
        {
            return PipelineAnswers.NoRun();
        }

        return await services.Runs.CancelAsync(id, cancellationToken)
            ? TypedResults.Ok((await services.Reader.FindAsync(organization, id, cancellationToken))!)
            : ApiError.Result(StatusCodes.Status409Conflict, "run_over", "The run is over already.");
    }

    private static async Task<Results<Ok<RunSummary>, ProblemHttpResult>> ResumeAsync(
        string id, [FromServices] RunServices services, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        if (await services.Reader.FindAsync(organization, id, cancellationToken) is not { } run)
        {
            return PipelineAnswers.NoRun();
        }

        var document = await services.Loader.DocumentAsync(organization, run.PipelineId, run.Version, cancellationToken);
        return await services.Runs.ResumeAsync(id, document, cancellationToken)
            ? TypedResults.Ok((await services.Reader.FindAsync(organization, id, cancellationToken))!)
            : ApiError.Result(StatusCodes.Status409Conflict, "run_not_stopped", "The run has neither failed nor been cancelled.");
    }

    private static async Task<Results<Created<RunSummary>, Ok<RunSummary>, ProblemHttpResult>> RerunAsync(
        string id, RerunRequest request, [FromServices] RunServices services, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        if (await services.Reader.FindAsync(caller.OrganizationId, id, cancellationToken) is not { } run)
        {
            return PipelineAnswers.NoRun();
        }

        if (await services.Pipelines.FindAsync(caller.OrganizationId, run.PipelineId, cancellationToken) is not { } pipeline)
        {
            return PipelineAnswers.NoPipeline();
        }

        var version = request.Version ?? pipeline.Version;
        if (version < 1 || version > pipeline.Version)
        {
            return PipelineAnswers.NotFound("version of the pipeline", "pipeline_version_not_found");
        }

        var document = await services.Loader.DocumentAsync(caller.OrganizationId, run.PipelineId, version, cancellationToken);
        var inputs = (await services.Loader.ValuesAsync(id, cancellationToken)).Inputs;
        foreach (var gone in inputs.Select(input => input.Key).Where(name => document.FindInput(name) is null).ToList())
        {
            // The version knows it no more.
            inputs.Remove(gone);
        }

        return await BeginAsync(services, caller, run.PipelineId, version, document, inputs, [], id, cancellationToken);
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> FileAsync(
        string id, [FromServices] RunServices services, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        if (id.Contains('\0', StringComparison.Ordinal) || await services.Files.FindAsync(organization, id, cancellationToken) is not { } file
            || await services.Files.OpenAsync(file.Blob, cancellationToken) is not { } content)
        {
            return PipelineAnswers.NotFound("file", "file_not_found");
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        // What a stranger uploaded is never shown as a page of ours.
        var name = file.ContentType == "audio/wav" ? "inline" : "attachment";
        context.Response.Headers.ContentDisposition = new System.Net.Mime.ContentDisposition { DispositionType = name, FileName = Ascii(file.Name) }.ToString();
        return TypedResults.Stream(content.Stream, file.ContentType == "audio/wav" ? file.ContentType : "application/octet-stream", enableRangeProcessing: true);
    }

    private static string Ascii(string name) => new([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]);
}
