using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Providers.Catalogue;
using Voice.Inference.Providers.Routing;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Inference.Providers.Own;

/// <summary>Adds, changes and removes providers of organizations: checks them, seals their keys, and makes what is kept in memory forget them.</summary>
internal sealed class OwnProviderKeeping(
    OwnProviders own, OwnProviderKinds kinds, CredentialSeal seal, ProviderRegistry registry, ProviderCatalogue catalogue, TimeProvider time, OwnProviderStore? store = null)
{
    public async Task<OwnProviderRow?> FindAsync(string organizationId, string name, CancellationToken cancellationToken) =>
        store is null ? null : (await store.ListAsync(organizationId, cancellationToken)).FirstOrDefault(row => row.Name == name);

    public async Task<(OwnProviderRow? Row, ProblemHttpResult? Refusal)> AddAsync(Caller caller, OwnProviderBody body, CancellationToken cancellationToken)
    {
        var settings = body.Over(new ProviderSettings());
        if (Refuse(body, body.Name ?? "", settings) is { } refusal)
        {
            return (null, refusal);
        }

        if (store is null)
        {
            return (null, Unavailable());
        }

        // Postgres keeps microseconds.
        var now = Whole(time.GetUtcNow());
        var row = new OwnProviderRow(caller.OrganizationId, body.Name!, settings, null, 1, now, now);
        row = row with { Credential = settings.ApiKey is { } key ? seal.Seal(key, row.Owner) : null };
        var names = (await store.ListAsync(caller.OrganizationId, cancellationToken)).Select(known => known.Name).ToList();
        if (names.Contains(row.Name) || registry.Platform.Any(entry => entry.Name == row.Name))
        {
            return (null, ApiError.Result(StatusCodes.Status409Conflict, "name_taken", "A provider of this name is there already.", "name"));
        }

        if (!await store.AddAsync(row, caller.Subject, cancellationToken))
        {
            return (null, names.Count >= OwnProviderStore.MaxPerOrganization
                ? ApiError.Result(StatusCodes.Status409Conflict, "too_many_providers", $"An organization may bring {OwnProviderStore.MaxPerOrganization} providers.")
                : ApiError.Result(StatusCodes.Status409Conflict, "name_taken", "A provider of this name is there already.", "name"));
        }

        own.Forget(caller.OrganizationId);
        return (row, null);
    }

    public async Task<(OwnProviderRow? Row, ProblemHttpResult? Refusal)> ChangeAsync(OwnProviderRow row, OwnProviderBody body, CancellationToken cancellationToken)
    {
        if (body.Name is not null && body.Name != row.Name)
        {
            return (null, Invalid("The name cannot change: remove it and bring it anew.", "name"));
        }

        if (body.Kind is not null && body.Kind != row.Settings.Kind)
        {
            return (null, Invalid("The kind cannot change: remove it and bring it anew.", "kind"));
        }

        if (body.BaseUrl is not null && body.BaseUrl != row.Settings.BaseUrl && row.Credential is not null && body.ApiKey is null)
        {
            // Whoever may change the address must not learn the key by that.
            return (null, Invalid("With a new base_url the api_key must be given again: it is sent to no other address than it was given for.", "api_key"));
        }

        row.Settings.ApiKey = row.Credential is { } known ? seal.Open(known, row.Owner) : null;
        var settings = body.Over(row.Settings);
        if (Refuse(body, row.Name, settings) is { } refusal)
        {
            return (null, refusal);
        }

        // Sealed anew each time: that is how a key of the platform is replaced.
        var changed = row with
        {
            Settings = settings,
            Credential = settings.ApiKey is { } key ? seal.Seal(key, row.Owner) : null,
            Version = row.Version + 1,
            ChangedAt = Whole(time.GetUtcNow()),
        };
        if (!await store!.ReplaceAsync(changed, cancellationToken))
        {
            return (null, Changed());
        }

        own.Forget(row.OrganizationId);
        return (changed, null);
    }

    public async Task<bool> DeleteAsync(OwnProviderRow row, CancellationToken cancellationToken)
    {
        var deleted = await store!.DeleteAsync(row.OrganizationId, row.Name, row.Version, cancellationToken);
        own.Forget(row.OrganizationId);
        return deleted;
    }

    public async Task<ProviderView> ViewAsync(OwnProviderRow row, CancellationToken cancellationToken)
    {
        var listed = (await catalogue.ListAsync(row.OrganizationId, cancellationToken)).FirstOrDefault(view => view.Name == row.Name && view.Settings is not null);
        return (listed ?? new ProviderView(row.Name, row.Settings.Kind, ProviderView.OriginOf(ProviderOrigin.Organization), false, row.Settings.Model, [])) with
        {
            Model = row.Settings.Model,
            Settings = ProviderSettingsView.Of(row.Settings, row.Credential is not null),
        };
    }

    public static ProblemHttpResult Changed() =>
        ApiError.Result(StatusCodes.Status412PreconditionFailed, "version_mismatch", "It was changed since you read it: read it again, and send its ETag as If-Match.", "If-Match");

    private ProblemHttpResult? Refuse(OwnProviderBody body, string name, ProviderSettings settings)
    {
        if (body.Refuse() is { } tooMuch)
        {
            return Invalid(tooMuch.Problem, tooMuch.Param);
        }

        if (!ProviderNames.IsValid(name))
        {
            return Invalid($"name must be {ProviderNames.Rule}", "name");
        }

        return kinds.Check(name, settings).FirstOrDefault() is { } problem ? Invalid(problem, null) : null;
    }

    private static ProblemHttpResult Invalid(string problem, string? param) => ApiError.Result(StatusCodes.Status400BadRequest, "invalid_value", problem, param);

    private static ProblemHttpResult Unavailable() => ApiError.Result(
        StatusCodes.Status503ServiceUnavailable, "providers_unavailable", "Providers cannot be kept here: the worker has no database (ConnectionStrings:voicedb).");

    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMicrosecond), at.Offset);
}
