using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Accounts;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.OpenId;

/// <summary>The providers that lead into somebody's account; adding and removing asks for a fresh proof, as everything that changes the ways in.</summary>
internal static class LinkedProvidersApi
{
    public const string Page = "/account";

    private const int MaxBodyBytes = 4 * 1024;

    public static RouteGroupBuilder MapLinkedProvidersApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup($"{AccountApi.Path}/providers").WithTags("Account").RequireKnown().ForPeople().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapGet("/", ListAsync).WithName("ListLinkedProviders").WithSummary("List the providers that lead into your account").WithErrors("account_not_found");
        group.MapPost("/", LinkAsync).RequireFreshProof().WithName("LinkProvider").WithSummary("Begin to add a provider to your account")
            .WithDescription("For a browser: sets a cookie, and says where to go. Coming back from there in the same sign-in adds the provider.")
            .WithErrors("sign_in_provider_not_found", "sign_in_provider_unavailable");
        group.MapDelete("/{id}", UnlinkAsync).RequireFreshProof().WithName("UnlinkProvider").WithSummary("Take a provider away from your account")
            .WithDescription("Not the last way in: an account without a password keeps one.")
            .WithErrors("linked_provider_not_found", "last_way_in", "account_not_found");
        return group;
    }

    private static async Task<Results<Ok<LinkedProviders>, ProblemHttpResult>> ListAsync(
        HttpContext context, [AsParameters] OpenIdServices services, CancellationToken cancellationToken)
    {
        if (await services.Users.FindAsync(context.User.GetCaller().Subject, cancellationToken) is not { } user)
        {
            return ApiError.Result(StatusCodes.Status404NotFound, "account_not_found", "The account is gone.");
        }

        var linked = await services.Logins.ListAsync(user.Id, cancellationToken);
        return TypedResults.Ok(new LinkedProviders(
            [.. linked.Select(login => new LinkedProvider(
                login.Id, login.Provider, services.Providers.Views.FirstOrDefault(p => p.Name == login.Provider)?.DisplayName ?? login.Provider, login.Email,
                new DateTimeOffset(login.CreatedAt, TimeSpan.Zero), new DateTimeOffset(login.LastUsedAt, TimeSpan.Zero)))],
            user.PasswordHash is not null,
            services.Providers.Views));
    }

    private static async Task<Results<Ok<LinkStarted>, ProblemHttpResult>> LinkAsync(
        LinkProviderBody body, HttpContext context, [AsParameters] OpenIdServices services, CancellationToken cancellationToken)
    {
        var session = context.User.FindFirst(GatewayClaims.Session)?.Value;
        context.Response.Headers.CacheControl = "no-store";
        if (body.Provider is { } entra && services.Providers.IsEntra(entra))
        {
            return TypedResults.Ok(new LinkStarted(services.Requests.PrepareEntra(context, Page, context.User.GetCaller().Subject, session)));
        }

        if (body.Provider is not { } name || services.Providers.Find(name) is not { } provider)
        {
            return ApiError.Result(StatusCodes.Status404NotFound, "sign_in_provider_not_found", "There is no such provider to sign in with.", "provider");
        }

        try
        {
            return TypedResults.Ok(new LinkStarted(
                await services.Requests.BeginAsync(context, provider, Page, context.User.GetCaller().Subject, session, cancellationToken)));
        }
        catch (OpenIdException)
        {
            return ApiError.Result(StatusCodes.Status503ServiceUnavailable, "sign_in_provider_unavailable", $"{provider.DisplayName} does not answer. Try again in a moment.");
        }
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UnlinkAsync(
        string id, HttpContext context, [AsParameters] OpenIdServices services, CancellationToken cancellationToken)
    {
        if (await services.Users.FindAsync(context.User.GetCaller().Subject, cancellationToken) is not { } user)
        {
            return ApiError.Result(StatusCodes.Status404NotFound, "account_not_found", "The account is gone.");
        }

        return await services.Logins.UnlinkAsync(context, user, id, cancellationToken) switch
        {
            true => TypedResults.NoContent(),
            false => ApiError.Result(
                StatusCodes.Status409Conflict, "last_way_in", "This is the only way into your account. Choose a password first, by 'Forgot your password?' on the sign-in page."),
            null => ApiError.Result(StatusCodes.Status404NotFound, "linked_provider_not_found", "No such provider leads into your account."),
        };
    }
}
