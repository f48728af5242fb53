using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Voice.Inference.Pipelines.Documents;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Pipelines.Api;

/// <summary><c>/api/v1/pipelines</c>: documents and their versions.</summary>
internal static class PipelinesApi
{
    private const string List = "pipelines";
    private const string VersionList = "pipeline-versions";
    private const int MaxDocument = 256 * 1024;

    public static void MapPipelinesApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/pipelines").WithTags("Pipelines").WithMetadata(new RequestSizeLimitAttribute(MaxDocument));
        var read = group.MapGroup("").RequireScope(Scopes.PipelinesRead);
        read.MapGet("/", ListAsync).WithName("ListPipelines").WithSummary("List pipelines")
            .WithDescription("The pipelines of your organization, in order of id. An organization begins with four examples.")
            .WithErrors("invalid_limit", "invalid_cursor").WithResponseExample(PipelineExamples.Pipelines);
        read.MapGet("/schema", Schema).WithName("GetPipelineSchema").WithSummary("Read the schema of pipelines").WithDescription("The JSON schema of a pipeline's document.")
            .Produces(StatusCodes.Status200OK, contentType: "application/schema+json");
        read.MapPost("/check", CheckAsync).WithName("CheckPipeline").WithSummary("Check a pipeline")
            .WithDescription("Says what is wrong with a document, each problem with its step and field, and saves nothing.")
            .WithErrors("invalid_request", "payload_too_large").WithBody("application/json", PipelineExamples.DocumentSchema).WithRequestExample(PipelineExamples.Document)
            .WithResponseExample("""{"valid":true,"problems":[]}""");
        read.MapGet("/{id}", GetAsync).WithName("GetPipeline").WithSummary("Read a pipeline").WithDescription("With its document; an older version of it where one is named.")
            .WithErrors("pipeline_not_found", "pipeline_version_not_found", "invalid_request").WithEntityTag().WithResponseExample(PipelineExamples.Pipeline);
        read.MapGet("/{id}/versions", ListVersionsAsync).WithName("ListPipelineVersions").WithSummary("List the versions of a pipeline")
            .WithDescription("The newest first. A version never changes.")
            .WithErrors("pipeline_not_found", "invalid_limit", "invalid_cursor").WithResponseExample(PipelineExamples.Versions);

        var write = group.MapGroup("").RequireScope(Scopes.PipelinesWrite);
        write.MapPost("/", CreateAsync).WithName("CreatePipeline").WithSummary("Create a pipeline")
            .WithDescription("The body is the pipeline's document. What is wrong with one is told as `problems`, each with its step and field.")
            .WithErrors("invalid_pipeline", "invalid_request", "payload_too_large").WithIdempotencyKey().WithBody("application/json", PipelineExamples.DocumentSchema)
            .WithRequestExample(PipelineExamples.Document).WithResponseExample(PipelineExamples.Pipeline, StatusCodes.Status201Created)
            .WithResponseHeader("Location", StatusCodes.Status201Created).WithResponseHeader("ETag", StatusCodes.Status201Created);
        write.MapPut("/{id}", UpdateAsync).WithName("UpdatePipeline").WithSummary("Change a pipeline")
            .WithDescription("Makes a new version. Runs that were begun go on with theirs.")
            .WithErrors("pipeline_not_found", "invalid_pipeline", "invalid_request", "payload_too_large").WithEntityTag().WithBody("application/json", PipelineExamples.DocumentSchema)
            .WithRequestExample(PipelineExamples.Document).WithResponseExample(PipelineExamples.Pipeline);
        write.MapDelete("/{id}", DeleteAsync).WithName("DeletePipeline").WithSummary("Delete a pipeline")
            .WithDescription("Its runs stay, and those that were begun go on.").WithErrors("pipeline_not_found").WithEntityTag();
    }

    private static async Task<Results<Ok<Page<PipelineSummary>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, PageCursors cursors, PipelineStore pipelines, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        var found = await pipelines.ListAsync(context.User.GetCaller().OrganizationId, after?[0], page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(found, PipelineSummary.From, last => cursors.Write(List, last.Id)));
    }

    private static ContentHttpResult Schema() => TypedResults.Text(PipelineSchema.Text, "application/schema+json");

    private static Ok<PipelineCheck> CheckAsync(JsonElement document)
    {
        var (_, _, problems) = Read(document);
        return TypedResults.Ok(new PipelineCheck(problems.Count == 0, problems));
    }

    private static async Task<Results<Ok<PipelineDetail>, ProblemHttpResult>> GetAsync(
        string id, int? version, PipelineStore pipelines, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        if (await pipelines.FindAsync(organization, id, cancellationToken) is not { } stored)
        {
            return PipelineAnswers.NoPipeline();
        }

        var detail = PipelineDetail.From(stored);
        if (version is { } wanted && wanted != stored.Version)
        {
            if (await pipelines.FindVersionAsync(organization, id, wanted, cancellationToken) is not { } old)
            {
                return PipelineAnswers.NotFound("version of the pipeline", "pipeline_version_not_found");
            }

            detail = detail with { Version = old.Version, Document = JsonElement.Parse(old.Document!) };
        }
        else
        {
            context.SetEntityTag(EntityTags.TagOf(stored.Version));
        }

        return TypedResults.Ok(detail);
    }

    private static async Task<Results<Ok<Page<PipelineVersionSummary>>, ProblemHttpResult>> ListVersionsAsync(
        string id, [AsParameters] PageQuery page, PageCursors cursors, PipelineStore pipelines, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, VersionList, out var after) is { } refusal)
        {
            return refusal;
        }

        var organization = context.User.GetCaller().OrganizationId;
        if (await pipelines.FindAsync(organization, id, cancellationToken) is null)
        {
            return PipelineAnswers.NoPipeline();
        }

        var before = after is null ? int.MaxValue : int.Parse(after[0], System.Globalization.CultureInfo.InvariantCulture);
        var found = await pipelines.ListVersionsAsync(organization, id, before, page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(
            found, PipelineVersionSummary.From, last => cursors.Write(VersionList, last.Version.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static async Task<Results<Created<PipelineDetail>, ProblemHttpResult>> CreateAsync(
        JsonElement body, PipelineStore pipelines, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var (document, source, problems) = Read(body);
        if (document is null)
        {
            return PipelineAnswers.Invalid(problems);
        }

        var (caller, id) = (context.User.GetCaller(), Ids.New("pipe", time));
        await pipelines.CreateAsync(caller.OrganizationId, id, document, source!, caller.Subject, cancellationToken);
        context.SetEntityTag(EntityTags.TagOf(1));
        var stored = await pipelines.FindAsync(caller.OrganizationId, id, cancellationToken);
        return TypedResults.Created($"/api/v1/pipelines/{id}", PipelineDetail.From(stored!));
    }

    private static async Task<Results<Ok<PipelineDetail>, ProblemHttpResult>> UpdateAsync(
        string id, JsonElement body, PipelineStore pipelines, NpgsqlDataSource database, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        if (await pipelines.FindAsync(caller.OrganizationId, id, cancellationToken) is null)
        {
            return PipelineAnswers.NoPipeline();
        }

        var (document, source, problems) = Read(body);
        if (document is null)
        {
            return PipelineAnswers.Invalid(problems);
        }

        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (await PipelineStore.LockAsync(connection, transaction, caller.OrganizationId, id, cancellationToken) is not { } current)
            {
                return PipelineAnswers.NoPipeline();
            }

            if (context.CheckEntityTag(EntityTags.TagOf(current)) is { } refusal)
            {
                return refusal;
            }

            var made = await PipelineStore.AddVersionAsync(connection, transaction, caller.OrganizationId, id, document, source!, caller.Subject, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            context.SetEntityTag(EntityTags.TagOf(made));
        }

        return await pipelines.FindAsync(caller.OrganizationId, id, cancellationToken) is { } stored ? TypedResults.Ok(PipelineDetail.From(stored)) : PipelineAnswers.NoPipeline();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, PipelineStore pipelines, NpgsqlDataSource database, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        if (await pipelines.FindAsync(organization, id, cancellationToken) is null)
        {
            return PipelineAnswers.NoPipeline();
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await PipelineStore.LockAsync(connection, transaction, organization, id, cancellationToken) is not { } current)
        {
            return PipelineAnswers.NoPipeline();
        }

        if (context.CheckEntityTag(EntityTags.TagOf(current)) is { } refusal)
        {
            return refusal;
        }

        await PipelineStore.DeleteAsync(connection, transaction, organization, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static (PipelineDocument? Document, JsonNode? Source, IReadOnlyList<PipelineProblem> Problems) Read(JsonElement body)
    {
        var source = CheckedJson.Read(body, "", out var broken);
        if (broken is not null)
        {
            return (null, null, [broken]);
        }

        var (document, problems) = DocumentReader.Read(source);
        return (document, source, problems);
    }
}
