using System.Globalization;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Voice.Gateway.Compression;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults.Usage;

namespace Voice.Gateway.Usage;

internal static class UsageApi
{
    public static RouteGroupBuilder MapUsageApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/usage").WithTags("Usage").RequireScope(Scopes.UsageRead).WithCompression(CompressionMetadata.Documents);
        group.MapGet("/", ListAsync).WithName("GetUsage").WithSummary("Read what was used")
            .WithDescription("By day, key and kind: seconds of audio, characters, tokens and sessions of your organization, and their sums. "
                + "What has been answered is counted within seconds.")
            .WithErrors("invalid_range", "invalid_kind");
        return group;
    }

    private static async Task<Results<Ok<UsageReport>, ProblemHttpResult>> ListAsync(
        [AsParameters] UsageQuery query, NpgsqlDataSource database, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (from, to) = (query.From ?? new DateOnly(today.Year, today.Month, 1), query.To ?? today);
        if (to < from || to.DayNumber - from.DayNumber >= UsageQuery.MaxDays)
        {
            return ApiError.Result(
                StatusCodes.Status400BadRequest, "invalid_range", $"to must not be before from, and they must be at most {UsageQuery.MaxDays} days.", "to");
        }

        if (query.Kind is not null && !UsageKinds.All.Contains(query.Kind))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_kind", $"kind must be one of {string.Join(", ", UsageKinds.All)}.", "kind");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select to_char(day, 'YYYY-MM-DD') as Day, subject as Key, kind as Kind, quantity as Quantity, events as Events from identity.usage_days
            where organization_id = @organization and day between @from and @to and (@key::text is null or subject = @key)
                and (@kind::text is null or kind = @kind)
            order by usage_days.day, subject, kind
            """,
            new
            {
                organization = context.User.GetCaller().OrganizationId,
                from = from.ToDateTime(TimeOnly.MinValue),
                to = to.ToDateTime(TimeOnly.MinValue),
                // PostgreSQL has no NUL in its texts; no key has one.
                key = query.Key?.Replace('\0', '?'),
                kind = query.Kind,
            },
            cancellationToken: cancellationToken));
        UsageDay[] days = [.. rows.Select(row => new UsageDay(DateOnly.ParseExact(row.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture), row.Key, row.Kind, row.Quantity, row.Events))];
        return TypedResults.Ok(new UsageReport(
            from, to, days, UsageKinds.All.ToDictionary(kind => kind, kind => days.Where(day => day.Kind == kind).Sum(day => day.Quantity))));
    }

    private sealed record Row(string Day, string Key, string Kind, decimal Quantity, long Events);
}

/// <param name="Key">The API key or user on whose behalf.</param>
/// <param name="Events">How many events caused it.</param>
internal sealed record UsageDay(DateOnly Day, string Key, string Kind, decimal Quantity, long Events);

/// <param name="Total">By kind, over all of <paramref name="Data"/>.</param>
internal sealed record UsageReport(DateOnly From, DateOnly To, IReadOnlyList<UsageDay> Data, IReadOnlyDictionary<string, decimal> Total);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(UsageReport))]
internal sealed partial class UsageJson : JsonSerializerContext;
