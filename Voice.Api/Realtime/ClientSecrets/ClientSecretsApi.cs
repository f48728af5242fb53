using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using StackExchange.Redis;
using Voice.Api.Http;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Realtime.ClientSecrets;

internal static class ClientSecretsApi
{
    private const string RequestSchema =
        """
        {"type":"object","properties":{
          "expires_after":{"type":["object","null"],"properties":{"anchor":{"type":"string","enum":["created_at"]},"seconds":{"type":"integer","minimum":10,"maximum":7200}}},
          "session":{"type":["object","null"],"required":["type"],"description":"As `session.update` of the realtime protocol has it.","properties":{"type":{"type":"string","enum":["realtime","transcription"]},"model":{"type":"string"}},"additionalProperties":true},
          "voiceaspire":{"type":["object","null"],"properties":{"agent":{"type":"string"},"origin":{"type":"string","format":"uri"},"max_uses":{"type":"integer","minimum":1,"maximum":100}}}}}
        """;

    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(3);

    public static RouteGroupBuilder MapClientSecretsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/realtime/client_secrets").WithTags("Realtime").RequireScope(Scopes.SessionsWrite);
        group.MapPost("/", CreateAsync).WithName("CreateClientSecret").WithSummary("Make a client secret")
            .WithDescription("A key for one browser to begin one conversation with, for a minute. Ask for it right before connecting, on your server; the API key stays there.")
            .WithBody("application/json", RequestSchema)
            .WithErrors("invalid_json", "invalid_value", "agent_required", "agent_not_found", "missing_required_parameter", "unknown_parameter", "client_secrets_unavailable")
            .WithIdempotencyKey()
            .WithRequestExample(ApiExamples.ClientSecretRequest)
            .Produces<ClientSecretAnswer>()
            .WithResponseExample(ApiExamples.ClientSecret);
        return group;
    }

    private static async Task<Results<Utf8ContentHttpResult, ProblemHttpResult>> CreateAsync(
        HttpContext context, ClientSecretMint mint, TimeProvider time, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        if (caller.Kind == ClientSecret.CallerKind)
        {
            return ApiError.Result(StatusCodes.Status403Forbidden, "forbidden", "A client secret cannot make client secrets.");
        }

        using var limit = new CancellationTokenSource(RedisLimit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, cancellationToken);
            var signIn = context.Request.Headers[ClientSecret.SignInHeader].ToString();
            var (answer, hash) = await mint.CreateAsync(Read(body.RootElement), caller, signIn.Length == 0 ? null : signIn, ending.Token);
            context.Response.Headers.CacheControl = "no-store";
            // For the gateway's audit trail, which takes it off.
            context.Response.Headers[ClientSecret.HashHeader] = hash;
            return TypedResults.Text(answer.Span, "application/json");
        }
        catch (JsonException)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_json", "The body is not valid JSON.");
        }
        catch (ProtocolException problem)
        {
            var status = problem.Code == "agent_not_found" ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            return ApiError.Result(status, problem.Code, problem.Message, problem.Param);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException || (exception is OperationCanceledException && limit.IsCancellationRequested))
        {
            return ApiError.Result(StatusCodes.Status503ServiceUnavailable, "client_secrets_unavailable", "Client secrets cannot be made right now. Try again in a moment.");
        }
    }

    private static ClientSecretRequest Read(JsonElement body)
    {
        try
        {
            return ClientSecretRequest.Read(body);
        }
        catch (InvalidOperationException exception)
        {
            // A string that is no text: broken UTF-8, or half of a surrogate pair. The document took it, reading it does not.
            throw new JsonException("The body has a string that is no text.", exception);
        }
    }
}
