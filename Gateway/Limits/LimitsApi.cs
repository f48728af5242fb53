using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.Gateway.Audit;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Usage;

namespace Voice.Gateway.Limits;

internal static class LimitsApi
{
    public static RouteGroupBuilder MapLimitsApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/limits").WithTags("Usage");
        group.MapGet("/", GetAsync).RequireScope(Scopes.UsageRead).WithName("GetLimits").WithSummary("Read the limits")
            .WithDescription("What your organization may in a minute, at the same time and in a month, and how much of the month's quotas is used.");
        group.MapPut("/keys/{id}", PutAsync).RequireScope(Scopes.KeysManage).WithName("SetKeyLimits").WithSummary("Give a key limits of its own")
            .WithDescription("Replaces the limits of one API key. The organization's still hold for all of its keys together.")
            .WithErrors("invalid_limits", "api_key_not_found")
            .WithRequestExample("""{"requests":{"permits":600,"window_seconds":60},"concurrent_sessions":10}""");
        group.MapDelete("/keys/{id}", DeleteAsync).RequireScope(Scopes.KeysManage).WithName("ResetKeyLimits").WithSummary("Take a key's own limits away")
            .WithErrors("api_key_not_found");
        return group;
    }

    private static async Task<Ok<LimitReport>> GetAsync(
        LimitDirectory directory, IOptions<LimitOptions> options, HttpContext context, CancellationToken cancellationToken)
    {
        var limits = await directory.FindAsync(context.User.GetCaller().OrganizationId, cancellationToken);
        var configured = options.Value;
        var quotas = UsageKinds.All.Select(kind => (Kind: kind, Quota: directory.QuotaOf(kind, limits))).Where(quota => quota.Quota is not null)
            .Select(quota => new QuotaState(quota.Kind, quota.Quota!.Value, limits.Used.GetValueOrDefault(quota.Kind)));
        return TypedResults.Ok(new LimitReport(
            new LimitSettings
            {
                Requests = limits.Own.Requests ?? Setting(configured.Organization),
                AudioSeconds = limits.Own.AudioSeconds ?? Setting(configured.AudioSeconds),
                Characters = limits.Own.Characters ?? Setting(configured.Characters),
                Tokens = limits.Own.Tokens ?? Setting(configured.Tokens),
                ConcurrentSessions = limits.Own.ConcurrentSessions ?? configured.ConcurrentSessions,
            },
            Setting(configured.Key),
            Setting(configured.User),
            [.. quotas],
            limits.BySubject));
    }

    private static async Task<Results<Ok<LimitSettings>, ProblemHttpResult>> PutAsync(
        string id, LimitSettings settings, LimitsServices services, HttpContext context, CancellationToken cancellationToken)
    {
        if (settings.Problem() is { } problem)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_limits", problem);
        }

        if (settings.Monthly is not null || settings.AudioSeconds is not null || settings.Characters is not null || settings.Tokens is not null)
        {
            return ApiError.Result(
                StatusCodes.Status400BadRequest, "invalid_limits", "A key has limits of requests and concurrent_sessions only; the rest is the organization's.");
        }

        return await services.SetAsync(id, settings, context, cancellationToken) ? TypedResults.Ok(settings) : NoSuchKey();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, LimitsServices services, HttpContext context, CancellationToken cancellationToken) =>
        await services.SetAsync(id, null, context, cancellationToken) ? TypedResults.NoContent() : NoSuchKey();

    private static ProblemHttpResult NoSuchKey() => ApiError.Result(StatusCodes.Status404NotFound, "api_key_not_found", "There is no such API key.");

    private static RateSetting Setting(RateOptions rate) => new(rate.Permits, (int)rate.Window.TotalSeconds, rate.Burst);
}

/// <summary>Changes of limits, each with its record in the audit trail.</summary>
internal sealed class LimitsServices(NpgsqlDataSource database, LimitDirectory directory, AuditTrail audit, TimeProvider time)
{
    /// <param name="settings">Null takes them away.</param>
    /// <returns>False where the caller's organization has no such key.</returns>
    public async Task<bool> SetAsync(string key, LimitSettings? settings, HttpContext context, CancellationToken cancellationToken)
    {
        var organization = context.User.GetCaller().OrganizationId;
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var sql = settings is null
            ? """
              with key as (select id from identity.api_keys where id = @key and organization_id = @organization),
              gone as (delete from identity.limit_settings where organization_id = @organization and subject in (select id from key))
              select count(*) from key
              """
            : """
              with key as (select id from identity.api_keys where id = @key and organization_id = @organization),
              set as (
                  insert into identity.limit_settings (organization_id, subject, settings, updated_at)
                  select @organization, id, @json::jsonb, @now from key
                  on conflict (organization_id, subject) do update set settings = excluded.settings, updated_at = excluded.updated_at)
              select count(*) from key
              """;
        var found = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            sql,
            new
            {
                // Ids have no NUL, and PostgreSQL's texts neither.
                key = key.Replace('\0', '?'),
                organization,
                json = settings is null ? null : JsonSerializer.Serialize(settings, LimitSettingsJson.Default.LimitSettings),
                now = time.GetUtcNow().UtcDateTime,
            },
            transaction,
            cancellationToken: cancellationToken));
        if (found == 0)
        {
            return false;
        }

        await audit.RecordAsync(transaction, AuditEvent.From(context, settings is null ? "limits.reset" : "limits.set", new("api_key", key)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        directory.Forget(organization);
        return true;
    }
}

/// <param name="Used">Since the month began (UTC).</param>
internal sealed record QuotaState(string Kind, long Quota, decimal Used);

/// <param name="Key">Of each API key that has none of its own.</param>
/// <param name="User">Of each person.</param>
/// <param name="Own">Of keys that have some.</param>
internal sealed record LimitReport(
    LimitSettings Organization, RateSetting Key, RateSetting User, IReadOnlyList<QuotaState> Monthly, IReadOnlyDictionary<string, LimitSettings> Own);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LimitReport))]
[JsonSerializable(typeof(LimitSettings))]
internal sealed partial class LimitsApiJson : JsonSerializerContext;
