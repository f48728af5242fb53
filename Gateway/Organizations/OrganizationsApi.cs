using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.Security.Cors;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Organizations;

internal static class OrganizationsApi
{
    private const int MaxBodyBytes = 16 * 1024;

    /// <summary>A person's own organizations are not a way to make rows without end.</summary>
    private const int MostOwned = 20;

    private const int MostOrigins = 50;

    private const string Columns = "select id, name, require_second_factor, allowed_origins, created_at, version from identity.organizations where id = @id";

    public static RouteGroupBuilder MapOrganizationsApi(this IEndpointRouteBuilder endpoints)
    {
        var current = endpoints.MapGroup("/api/v1/organization").WithTags("Organization").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        current.MapGet("/", GetAsync).RequireScope(Scopes.OrganizationRead).WithEntityTag().WithName("GetOrganization").WithSummary("Read your organization");
        current.MapPatch("/", ChangeAsync).RequireScope(Scopes.OrganizationManage).WithEntityTag().WithName("ChangeOrganization").WithSummary("Change your organization")
            .WithDescription("To demand no second factor any longer takes a proof of who asks that is ten minutes old at most.")
            .WithErrors("invalid_name", "confirmation_required");
        var all = endpoints.MapGroup("/api/v1/organizations").WithTags("Organization").RequireKnown().ForPeople().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        all.MapGet("/", ListAsync).WithName("ListOrganizations").WithSummary("List the organizations that you belong to");
        all.MapPost("/", CreateAsync).WithName("CreateOrganization").WithSummary("Create an organization of your own")
            .WithErrors("invalid_name", "too_many_organizations").WithIdempotencyKey();
        return current;
    }

    private static async Task<Results<Ok<OrganizationView>, ProblemHttpResult>> GetAsync(
        HttpContext context, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<OrganizationRow>(new CommandDefinition(
            Columns, new { id = context.User.GetCaller().OrganizationId }, cancellationToken: cancellationToken));
        context.SetEntityTag(EntityTags.TagOf(row.Version));
        return TypedResults.Ok(row.AsView());
    }

    private static async Task<Results<Ok<OrganizationView>, ProblemHttpResult>> ChangeAsync(
        ChangeOrganizationBody body, HttpContext context, [AsParameters] OrganizationServices services, CancellationToken cancellationToken)
    {
        var name = body.Name?.Trim();
        if (name is not null && !OrganizationName.IsGood(name))
        {
            return OrganizationName.Problem("name");
        }

        if (body.AllowedOrigins is { } origins && (origins.Count > MostOrigins || origins.Any(origin => !WebOrigin.IsGoodForAll(origin))))
        {
            return ApiError.Result(
                StatusCodes.Status400BadRequest, "invalid_origin",
                $"allowed_origins must be at most {MostOrigins} origins such as https://www.example.com; plain http only for this machine.", "allowed_origins");
        }

        var id = context.User.GetCaller().OrganizationId;
        await using var connection = await services.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<OrganizationRow>(new CommandDefinition(
            $"{Columns} for update", new { id }, transaction, cancellationToken: cancellationToken));
        if (context.CheckEntityTag(EntityTags.TagOf(row.Version)) is { } mismatch)
        {
            return mismatch;
        }

        if (row.RequireSecondFactor && body.RequireSecondFactor is false && services.Proof.RefusePerson(context.User) is { } unproven)
        {
            return unproven;
        }

        var changed = row with
        {
            Name = name ?? row.Name,
            RequireSecondFactor = body.RequireSecondFactor ?? row.RequireSecondFactor,
            AllowedOrigins = body.AllowedOrigins is null ? row.AllowedOrigins : [.. body.AllowedOrigins.Distinct()],
            Version = row.Version + 1,
        };
        await connection.ExecuteAsync(new CommandDefinition(
            "update identity.organizations set name = @Name, require_second_factor = @RequireSecondFactor, allowed_origins = @AllowedOrigins, version = @Version where id = @Id",
            changed,
            transaction,
            cancellationToken: cancellationToken));
        var act = AuditEvent.From(context, "organization.changed", new("organization", id)) with
        {
            Details = new Dictionary<string, string>
            {
                ["require_second_factor"] = changed.RequireSecondFactor ? "true" : "false",
                ["allowed_origins"] = string.Join(' ', changed.AllowedOrigins),
            },
        };
        await services.Audit.RecordAsync(transaction, act, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        services.Users.ForgetOrganization(id);
        services.Pages.Forget();
        context.SetEntityTag(EntityTags.TagOf(changed.Version));
        return TypedResults.Ok(changed.AsView());
    }

    private static async Task<Ok<MembershipList>> ListAsync(HttpContext context, Memberships memberships, CancellationToken cancellationToken)
    {
        var caller = context.User.GetCaller();
        var all = await memberships.ListAsync(caller.Subject, cancellationToken);
        return TypedResults.Ok(new MembershipList([.. all.Select(m => MembershipView.Of(m, caller.OrganizationId))]));
    }

    private static async Task<Results<Created<MembershipView>, ProblemHttpResult>> CreateAsync(
        NewOrganizationBody body, HttpContext context, NpgsqlDataSource database, AuditTrail audit, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = body.Name?.Trim();
        if (!OrganizationName.IsGood(name))
        {
            return OrganizationName.Problem("name");
        }

        var caller = context.User.GetCaller();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The account's row is the lock: parallel requests count what the one before made.
        await connection.ExecuteAsync(new CommandDefinition(
            "select from identity.users where id = @Subject for update", new { caller.Subject }, transaction, cancellationToken: cancellationToken));
        var owned = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from identity.memberships where user_id = @Subject and role = 'owner'", new { caller.Subject }, transaction, cancellationToken: cancellationToken));
        if (owned >= MostOwned)
        {
            return ApiError.Result(StatusCodes.Status409Conflict, "too_many_organizations", $"Nobody can own more than {MostOwned} organizations.");
        }

        var id = await Memberships.FoundAsync(transaction, name!, caller.Subject, time, cancellationToken);
        await audit.RecordAsync(
            transaction, AuditEvent.From(context, id, new("user", caller.Subject), "organization.created", new("organization", id)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created((string?)null, new MembershipView(id, name!, Roles.Owner, Current: false));
    }
}
