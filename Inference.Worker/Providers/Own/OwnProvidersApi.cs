using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Providers.Catalogue;
using Voice.Inference.Providers.Routing;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Providers.Own;

/// <summary>Providers that an organization brings. Another organization's is not there.</summary>
internal static class OwnProvidersApi
{
    public static void MapOwnProvidersApi(this RouteGroupBuilder group)
    {
        group.MapPost("/", CreateAsync).RequireScope(Scopes.ProvidersWrite).WithName("CreateProvider").WithSummary("Bring a provider")
            .WithDescription("An account of your organization with a service, or a server of yours with a public address. Only your organization can use it, by its name. The key is sealed and never told again.")
            .WithErrors("invalid_value", "name_taken", "too_many_providers", "providers_unavailable").WithIdempotencyKey()
            .WithRequestExample(ProviderExamples.Created).WithResponseExample(ProviderExamples.Own, StatusCodes.Status201Created)
            .WithResponseHeader("Location", StatusCodes.Status201Created).WithResponseHeader("ETag", StatusCodes.Status201Created);
        group.MapGet("/{name}", GetAsync).RequireScope(Scopes.SpeechUse).WithName("GetProvider").WithSummary("Read a provider that your organization brought")
            .WithErrors("provider_not_found").WithEntityTag().WithResponseExample(ProviderExamples.Own);
        group.MapPatch("/{name}", ChangeAsync).RequireScope(Scopes.ProvidersWrite).WithName("ChangeProvider").WithSummary("Change a provider that your organization brought")
            .WithDescription("What is left out stays as it is, the key too; it goes to the address that it was given for: with a new `base_url` give it again. Name and kind cannot change.")
            .WithErrors("provider_not_found", "invalid_value", "providers_unavailable").WithEntityTag().WithRequestExample(ProviderExamples.Change).WithResponseExample(ProviderExamples.Own);
        group.MapDelete("/{name}", DeleteAsync).RequireScope(Scopes.ProvidersWrite).WithName("DeleteProvider").WithSummary("Remove a provider that your organization brought")
            .WithErrors("provider_not_found", "providers_unavailable").WithEntityTag();
    }

    public static ProblemHttpResult NotFound() => ApiError.Result(StatusCodes.Status404NotFound, "provider_not_found", "There is no such provider.");

    private static async Task<Results<Created<ProviderView>, ProblemHttpResult>> CreateAsync(
        OwnProviderBody body, OwnProviderKeeping keeping, HttpContext context, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        var (row, refusal) = await keeping.AddAsync(caller, body, cancellationToken);
        if (row is null)
        {
            return refusal!;
        }

        context.SetEntityTag(EntityTags.TagOf(row.Version));
        return TypedResults.Created($"/api/v1/providers/{row.Name}", await keeping.ViewAsync(row, cancellationToken));
    }

    private static async Task<Results<Ok<ProviderView>, ProblemHttpResult>> GetAsync(
        string name, OwnProviderKeeping keeping, HttpContext context, CancellationToken cancellationToken)
    {
        if (await keeping.FindAsync(context.User.GetCaller().OrganizationId, name, cancellationToken) is not { } row)
        {
            return NotFound();
        }

        context.SetEntityTag(EntityTags.TagOf(row.Version));
        return TypedResults.Ok(await keeping.ViewAsync(row, cancellationToken));
    }

    private static async Task<Results<Ok<ProviderView>, ProblemHttpResult>> ChangeAsync(
        string name, OwnProviderBody body, OwnProviderKeeping keeping, HttpContext context, CancellationToken cancellationToken)
    {
        if (await keeping.FindAsync(context.User.GetCaller().OrganizationId, name, cancellationToken) is not { } row)
        {
            return NotFound();
        }

        if (context.CheckEntityTag(EntityTags.TagOf(row.Version)) is { } mismatch)
        {
            return mismatch;
        }

        var (changed, refusal) = await keeping.ChangeAsync(row, body, cancellationToken);
        if (changed is null)
        {
            return refusal!;
        }

        context.SetEntityTag(EntityTags.TagOf(changed.Version));
        return TypedResults.Ok(await keeping.ViewAsync(changed, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, OwnProviderKeeping keeping, HttpContext context, CancellationToken cancellationToken)
    {
        if (await keeping.FindAsync(context.User.GetCaller().OrganizationId, name, cancellationToken) is not { } row)
        {
            return NotFound();
        }

        return context.CheckEntityTag(EntityTags.TagOf(row.Version)) is { } mismatch ? mismatch
            : await keeping.DeleteAsync(row, cancellationToken) ? TypedResults.NoContent()
            : OwnProviderKeeping.Changed();
    }
}
