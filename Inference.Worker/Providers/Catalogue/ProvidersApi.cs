using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Providers.Metering;
using Voice.Inference.Providers.Own;
using Voice.Inference.Providers.Routing;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Providers.Catalogue;

/// <summary><c>/api/v1/providers</c>: what can be asked. Changing one's own is <see cref="OwnProvidersApi"/>.</summary>
internal static class ProvidersApi
{
    private const int MostDays = 93;
    private const int MostRows = 5_000;

    public static void MapProvidersApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/providers").WithTags("Providers");
        group.MapGet("/", ListAsync).RequireScope(Scopes.SpeechUse).WithName("ListProviders").WithSummary("List providers")
            .WithDescription(
                "Who can be asked to hear, speak, answer and translate: what comes with the platform, what its operator configured, and what your organization brought; "
                + "what each can do, what it costs, how it fared in the last 15 minutes, and for which languages it is asked by who names nobody. A request's `model` names one, one of its models (`name/model`), "
                + "or asks for `fastest`, `cheapest` or `local`.")
            .WithResponseExample(ProviderExamples.List);
        group.MapGet("/usage", UsageAsync).RequireScope(Scopes.UsageRead).WithName("ListProviderUsage").WithSummary("Read what providers were used for")
            .WithDescription("Your organization's calls of providers by day, provider, capability and model, with what they cost by the prices that are known. The current month, where no days are given.")
            .WithErrors("invalid_range", "usage_unavailable")
            .WithResponseExample(ProviderExamples.Usage);
        group.MapPost("/{name}/check", CheckAsync).RequireScope(Scopes.ProvidersWrite).WithName("CheckProvider").WithSummary("Test a provider")
            .WithDescription("Makes the cheapest call that shows whether address and key hold. That they do not is an answer, not an error.")
            .WithErrors("provider_not_found")
            .WithResponseExample("""{"ok":true,"latency_ms":182.4,"error":null}""");
        group.MapOwnProvidersApi();
    }

    private static async Task<Ok<ProviderList>> ListAsync(ProviderCatalogue catalogue, OwnProviderKinds kinds, HttpContext context, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ProviderList(
            await catalogue.ListAsync(context.User.GetCaller().OrganizationId, cancellationToken), [.. kinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal)]));

    private static async Task<Results<Ok<ProviderUsageList>, ProblemHttpResult>> UsageAsync(
        DateOnly? from, DateOnly? to, HttpContext context, IServiceProvider services, TimeProvider time, CancellationToken cancellationToken)
    {
        if (services.GetService<ProviderUsageStore>() is not { } store)
        {
            return ApiError.Result(StatusCodes.Status503ServiceUnavailable, "usage_unavailable", "Usage is not kept here: the worker has no database (ConnectionStrings:voicedb).");
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (first, last) = (from ?? new DateOnly(today.Year, today.Month, 1), to ?? today);
        if (last < first || last.DayNumber - first.DayNumber >= MostDays)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_range", $"to must not be before from, and they must be at most {MostDays} days.", "to");
        }

        await store.FlushAsync(cancellationToken);
        return TypedResults.Ok(new ProviderUsageList(await store.ListAsync(context.User.GetCaller().OrganizationId, first, last, MostRows, cancellationToken)));
    }

    private static async Task<Results<Ok<ProviderCheckResult>, ProblemHttpResult>> CheckAsync(
        string name, ProviderRegistry registry, ProviderChecks checks, HttpContext context, CancellationToken cancellationToken)
    {
        var known = await registry.ForAsync(context.User.GetCaller().OrganizationId, cancellationToken);
        List<ProviderEntry> named = [.. known.Where(entry => entry.Name == name)];
        return named.Count == 0 ? OwnProvidersApi.NotFound() : TypedResults.Ok(await checks.CheckAsync(named, cancellationToken));
    }

    /// <param name="Kinds">Of services that an organization may bring a provider of.</param>
    internal sealed record ProviderList(IReadOnlyList<ProviderView> Data, IReadOnlyList<string> Kinds);

    internal sealed record ProviderUsageList(IReadOnlyList<ProviderUsageRow> Data);
}
