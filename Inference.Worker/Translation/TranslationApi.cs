using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Engines;
using Voice.Inference.Usage;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Usage;

namespace Voice.Inference.Translation;

/// <summary><c>POST /v1/translations</c>, and <c>/api/v1/translate</c>: text, which OpenAI's API has no endpoint for.</summary>
internal static class TranslationApi
{
    public const int MaxInput = 8_192;

    public static void MapTranslationApi(this IEndpointRouteBuilder group) => group.MapPost("/translations", TranslateAsync)
        .WithName("CreateTranslation").WithSummary("Translate a text, at an address beside OpenAI's").Describe();

    /// <summary>The same among the platform's own addresses.</summary>
    public static void MapTranslateApi(this IEndpointRouteBuilder group) => group.MapPost("/translate", TranslateAsync)
        .WithName("Translate").WithSummary("Translate a text").Describe();

    private static void Describe(this RouteHandlerBuilder endpoint) => endpoint
        .WithTags("Translation")
        .WithDescription("Text from one language to another. A draft: never rely on it where a mistake would harm.")
        .WithErrors("invalid_value", "unsupported_language", "model_not_found", "provider_rejected", "provider_failed", "provider_unavailable")
        .WithRequestExample("""{"input":"Where does it hurt?","source_language":"en","target_language":"es"}""")
        .WithResponseExample("""{"text":"¿Dónde le duele?","model":"apertium","source_language":"en","target_language":"es"}""");

    private static async Task<Results<Ok<TranslationResponse>, ProblemHttpResult>> TranslateAsync(
        TranslationRequest request,
        EngineCatalog engines,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (request.Input is not { Length: <= MaxInput } input)
        {
            return ApiError.Result(400, "invalid_value", $"'input' is required: text of at most {MaxInput} characters.", "input");
        }

        if (string.IsNullOrWhiteSpace(request.SourceLanguage) || string.IsNullOrWhiteSpace(request.TargetLanguage))
        {
            return ApiError.Result(400, "invalid_value", "'source_language' and 'target_language' are required, for example en and es.", "source_language");
        }

        var route = await engines.TranslatorAsync(EngineAsk.Of(context, request.Model), cancellationToken);
        var text = await route.Engine.TranslateAsync(input, request.SourceLanguage, request.TargetLanguage, cancellationToken);
        UsageMeter.Of(context)?.Add(UsageKinds.Characters, input.Length);
        return TypedResults.Ok(new TranslationResponse(text, route.Name, request.SourceLanguage, request.TargetLanguage));
    }
}
