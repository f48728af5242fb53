using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
internal static class ModelsApi
{
    // OpenAI's clients want a number; these models come with the program.
    private const long Created = 1_767_225_600;

    public static void MapModelsApi(this IEndpointRouteBuilder group)
    {
        group.MapGet("/models", List).WithTags("Models").WithName("ListModels").WithSummary("List models")
            .WithDescription("Every model, whatever it does, in the order in which they were configured.")
            .WithResponseExample("""{"object":"list","data":[{"id":"extractive","object":"model","created":1767225600,"owned_by":"voiceaspire"}]}""");
        group.MapGet("/models/{id}", Find).WithTags("Models").WithName("GetModel").WithSummary("Read a model")
            .WithErrors("model_not_found")
            .WithResponseExample("""{"id":"extractive","object":"model","created":1767225600,"owned_by":"voiceaspire"}""");
    }

    private static Ok<ModelList> List(EngineCatalog engines) => TypedResults.Ok(new ModelList("list", [.. engines.Names().Select(Describe)]));

    private static Results<Ok<Model>, ProblemHttpResult> Find(string id, EngineCatalog engines) =>
        engines.Names().Contains(id)
            ? TypedResults.Ok(Describe(id))
            : ApiError.Result(StatusCodes.Status404NotFound, "model_not_found", $"There is no such model. Available: {string.Join(", ", engines.Names())}.", "model");

    private static Model Describe(string id) => new(id, "model", Created, "voiceaspire");

    internal sealed record Model(string Id, string Object, long Created, string OwnedBy);

    internal sealed record ModelList(string Object, IReadOnlyList<Model> Data);
}
