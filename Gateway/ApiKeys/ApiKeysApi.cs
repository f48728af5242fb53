using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Authentication;
using Voice.Gateway.Security.Cors;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.ApiKeys;

internal static class ApiKeysApi
{
    private const string Name = "api-keys";
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxNameLength = 100;
    private const int MaxEntries = 50;
    private const int MaxOverlapSeconds = 30 * 24 * 3600;
    private const int DefaultOverlapSeconds = 24 * 3600;

    public static RouteGroupBuilder MapApiKeysApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/api-keys").WithTags("API keys").RequireScope(Scopes.KeysManage).WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapGet("/", ListAsync).WithName("ListApiKeys").WithSummary("List API keys").WithDescription("The newest first, revoked ones among them.")
            .WithErrors("invalid_limit", "invalid_cursor");
        group.MapPost("/", CreateAsync).RequireFreshProofOfPeople().WithName("CreateApiKey").WithSummary("Create an API key")
            .WithDescription("The secret is in this answer and never shown again. A key may do at most what its maker may. "
                + "A repetition with the same Idempotency-Key shows the same secret: it is kept for a day, and encrypted with a key that only the Idempotency-Key completes.")
            .WithErrors("invalid_name", "invalid_scope", "invalid_expiry", "invalid_origin", "invalid_network").WithIdempotencyKey()
            .WithRequestExample("""{"name":"Website","scopes":["agents:read","sessions:write"],"expires_at":"2036-01-01T00:00:00Z","allowed_origins":["https://www.example.com"],"allowed_networks":[]}""")
            .WithResponseHeader("Location", StatusCodes.Status201Created);
        group.MapGet("/{id}", GetAsync).WithName("GetApiKey").WithSummary("Read an API key").WithErrors("api_key_not_found");
        group.MapPost("/{id}/rotate", RotateAsync).RequireFreshProofOfPeople().WithName("RotateApiKey").WithSummary("Give an API key a new secret")
            .WithDescription("The new secret is good at once; the old one for overlap_seconds more, a day unless given.")
            .WithErrors("api_key_not_found", "invalid_overlap").WithIdempotencyKey();
        group.MapDelete("/{id}", RevokeAsync).WithName("RevokeApiKey").WithSummary("Revoke an API key").WithErrors("api_key_not_found");
        return group;
    }

    private static async Task<Results<Ok<Page<ApiKeyItem>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, ApiKeyStore keys, PageCursors cursors, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, Name, out var after) is { } refusal)
        {
            return refusal;
        }

        var rows = await keys.ListAsync(context.User.GetCaller().OrganizationId, after?[0], page.Count + 1, cancellationToken);
        return TypedResults.Ok(page.Cut(rows, row => row, last => cursors.Write(Name, last.Id)));
    }

    private static async Task<Results<Ok<ApiKeyItem>, ProblemHttpResult>> GetAsync(
        string id, ApiKeyStore keys, HttpContext context, CancellationToken cancellationToken) =>
        await keys.FindAsync(context.User.GetCaller().OrganizationId, id, cancellationToken) is { } key ? TypedResults.Ok(key) : NotFound();

    private static async Task<Results<Created<ApiKeyWithSecret>, ProblemHttpResult>> CreateAsync(
        NewApiKey request, ApiKeyStore keys, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var name = request.Name?.Trim();
        if (name is not { Length: > 0 and <= MaxNameLength } || name.Any(char.IsControl))
        {
            return Invalid("invalid_name", $"name must have 1 to {MaxNameLength} characters.", "name");
        }

        var allowed = context.User.GetCaller().Scopes;
        if (request.Scopes is not { Count: > 0 } scopes || scopes.Any(scope => scope is null || !allowed.Contains(scope)))
        {
            return Invalid("invalid_scope", "Name at least one scope, and only scopes that you have.", "scopes");
        }

        if (request.ExpiresAt is { } expires && expires <= time.GetUtcNow())
        {
            return Invalid("invalid_expiry", "expires_at must be in the future.", "expires_at");
        }

        var origins = request.AllowedOrigins ?? [];
        if (origins.Count > MaxEntries || origins.Any(origin => !WebOrigin.IsGood(origin)))
        {
            return Invalid("invalid_origin", $"allowed_origins must be at most {MaxEntries} origins such as https://www.example.com.", "allowed_origins");
        }

        var networks = request.AllowedNetworks ?? [];
        if (networks.Count > MaxEntries || networks.Any(network => network is null || !IPNetwork.TryParse(network, out _)))
        {
            return Invalid("invalid_network", $"allowed_networks must be at most {MaxEntries} networks such as 192.0.2.0/24.", "allowed_networks");
        }

        var key = await keys.CreateAsync(
            context, name, ScopeSet.Parse(string.Join(' ', scopes)), request.ExpiresAt, origins, networks, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/api-keys/{key.Key.Id}", key);
    }

    private static async Task<Results<Ok<ApiKeyWithSecret>, ProblemHttpResult>> RotateAsync(
        string id, ApiKeyRotation request, ApiKeyStore keys, HttpContext context, CancellationToken cancellationToken)
    {
        var seconds = request.OverlapSeconds ?? DefaultOverlapSeconds;
        if (seconds is < 0 or > MaxOverlapSeconds)
        {
            return Invalid("invalid_overlap", $"overlap_seconds must be between 0 and {MaxOverlapSeconds}.", "overlap_seconds");
        }

        // Who hands out a new secret hands out what the key may do.
        var caller = context.User.GetCaller();
        var found = await keys.FindAsync(caller.OrganizationId, id, cancellationToken);
        if (found is not null && found.Scopes.Any(scope => !caller.Scopes.Contains(scope)))
        {
            return ApiError.Result(StatusCodes.Status403Forbidden, "insufficient_scope", "The key may do more than you may.");
        }

        context.Response.Headers.CacheControl = "no-store";
        return found is not null && await keys.RotateAsync(context, id, TimeSpan.FromSeconds(seconds), cancellationToken) is { } key ? TypedResults.Ok(key) : NotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string id, ApiKeyStore keys, HttpContext context, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(context, id, cancellationToken) ? TypedResults.NoContent() : NotFound();

    private static ProblemHttpResult Invalid(string code, string detail, string field) => ApiError.Result(StatusCodes.Status400BadRequest, code, detail, field);

    private static ProblemHttpResult NotFound() => ApiError.Result(StatusCodes.Status404NotFound, "api_key_not_found", "There is no such API key in use.");
}
