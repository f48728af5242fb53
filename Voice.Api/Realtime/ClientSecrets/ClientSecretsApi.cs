using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using StackExchange.Redis;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Realtime.ClientSecrets;

internal static class ClientSecretsApi
{
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(3);

    public static RouteGroupBuilder MapClientSecretsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/realtime/client_secrets").WithTags("Realtime").RequireScope(Scopes.SessionsWrite);
        group.MapPost("/", CreateAsync).ExcludeFromDescription();
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
            var answer = await mint.CreateAsync(ClientSecretRequest.Read(body.RootElement), caller, ending.Token);
            context.Response.Headers.CacheControl = "no-store";
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
}
