using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
internal static class ModelsApi
{
    // OpenAI's clients want a number; these models come with the program.
    private const long Created = 1_767_225_600;

    public static void MapModelsApi(this IEndpointRouteBuilder group)
    {
        group.MapGet("/models", ListAsync).WithTags("Models").WithName("ListModels").WithSummary("List models")
            .WithDescription("Every model, whatever it does, in the order in which they were configured.")
            .WithResponseExample("""{"object":"list","data":[{"id":"extractive","object":"model","created":1767225600,"owned_by":"voiceaspire"}]}""");
        group.MapGet("/models/{id}", FindAsync).WithTags("Models").WithName("GetModel").WithSummary("Read a model")
            .WithErrors("model_not_found")
            .WithResponseExample("""{"id":"extractive","object":"model","created":1767225600,"owned_by":"voiceaspire"}""");
    }

    private static async Task<Ok<ModelList>> ListAsync(EngineCatalog engines, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ModelList("list", [.. (await NamesAsync(engines, context, cancellationToken)).Select(Describe)]));

    private static async Task<Results<Ok<Model>, ProblemHttpResult>> FindAsync(string id, EngineCatalog engines, HttpContext context, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(engines, context, cancellationToken);
        return names.Contains(id)
            ? TypedResults.Ok(Describe(id))
            : ApiError.Result(StatusCodes.Status404NotFound, "model_not_found", $"There is no such model. Available: {string.Join(", ", names)}.", "model");
    }

    private static ValueTask<IReadOnlyList<string>> NamesAsync(EngineCatalog engines, HttpContext context, CancellationToken cancellationToken) =>
        engines.NamesAsync(context.User.FindCaller()?.OrganizationId, cancellationToken);

    private static Model Describe(string id) => new(id, "model", Created, "voiceaspire");

    internal sealed record Model(string Id, string Object, long Created, string OwnedBy);

    internal sealed record ModelList(string Object, IReadOnlyList<Model> Data);
}
