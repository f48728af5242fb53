using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.ServiceDefaults.Errors;

namespace Voice.Inference.Models;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c>.</summary>
internal static class ModelsApi
{
    // OpenAI's clients want a number; these models come with the program.
    private const long Created = 1_767_225_600;

    public static void MapModelsApi(this IEndpointRouteBuilder group)
    {
        group.MapGet("/models", List);
        group.MapGet("/models/{id}", Find);
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
