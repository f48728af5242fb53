using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Accounts;
using Voice.Gateway.OpenId.Entra;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.OpenId;

/// <summary>Signing in by an OpenID provider: authorization code with PKCE. Browsers only, so answers are redirects, and failures a page's words.</summary>
internal static partial class OpenIdApi
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxFieldLength = 256;

    public static RouteGroupBuilder MapOpenIdApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/auth/providers", List).AllowAnonymous().WithTags("Sign-in").WithName("ListSignInProviders")
            .WithSummary("List providers to sign in with").WithDescription("OpenID providers that this installation trusts. A browser begins at start_url.");
        var group = endpoints.MapGroup(OpenIdProviders.Path).WithTags("Sign-in").AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapGet("/{provider}/start", StartAsync).ExcludeFromDescription();
        group.MapGet("/{provider}/callback", CallbackAsync).ExcludeFromDescription();
        group.MapPost("/link", LinkAsync).ExcludeFromDescription();
        return group;
    }

    private static Ok<ProviderList> List(OpenIdProviders providers) => TypedResults.Ok(new ProviderList(providers.Views));

    private static async Task<Results<RedirectHttpResult, ChallengeHttpResult, ProblemHttpResult>> StartAsync(
        string provider, HttpContext context, [AsParameters] OpenIdServices services, CancellationToken cancellationToken)
    {
        var returnUrl = ReturnUrl.Local(context.Request.Query["return_url"]);
        if (services.Providers.IsEntra(provider))
        {
            return StartEntra(context, services, returnUrl);
        }

        if (services.Providers.Find(provider) is not { } found)
        {
            return NoSuchProvider();
        }

        try
        {
            return TypedResults.Redirect(await services.Requests.BeginAsync(context, found, returnUrl, null, null, cancellationToken));
        }
        catch (OpenIdException exception)
        {
            Log.NotStarted(services.Logger, found.Name, exception.Reason);
            return Back(exception.Code, returnUrl);
        }
    }

    /// <summary>The way out is the library's; whether it is to add a provider to an account has been said in a cookie, by a request of our own page.</summary>
    private static ChallengeHttpResult StartEntra(HttpContext context, OpenIdServices services, string returnUrl)
    {
        var link = services.Cookies.ReadAttempt(context) is { Provider: EntraProvider.Name } attempt && attempt.State == context.Request.Query["link"] ? attempt : null;
        OpenIdCookies.Remove(context, OpenIdCookies.AttemptName);
        return TypedResults.Challenge(EntraProvider.Begin(link?.ReturnUrl ?? returnUrl, link), [EntraProvider.Name]);
    }

    private static async Task<Results<RedirectHttpResult, ProblemHttpResult>> CallbackAsync(
        string provider, HttpContext context, [AsParameters] OpenIdServices services, CancellationToken cancellationToken)
    {
        if (services.Providers.Find(provider) is not { } found)
        {
            return NoSuchProvider();
        }

        // The address has the code in it.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var address = ClientAddress.Of(context);
        if (SignInThrottleExtensions.Refusal(context, await services.Throttle.BeginArrivalAsync(address, cancellationToken)) is not null)
        {
            return Back("throttled", ReturnUrl.Default);
        }

        var returnUrl = ReturnUrl.Default;
        var linking = false;
        try
        {
            var attempt = await services.Responses.TakeAsync(context, found, cancellationToken);
            (returnUrl, linking) = (attempt.ReturnUrl, attempt.UserId is not null);
            var who = await services.Responses.RedeemAsync(context, found, attempt, cancellationToken);
            return TypedResults.LocalRedirect(linking
                ? await services.Arrivals.LinkAsync(context, who, attempt, cancellationToken)
                : await services.Arrivals.EnterAsync(context, who, returnUrl, cancellationToken));
        }
        catch (OpenIdException exception)
        {
            Log.Refused(services.Logger, found.Name, address, exception.Reason);
            await services.Arrivals.RefusedAsync(context, found.Name, exception.Reason, cancellationToken);
            return linking ? TypedResults.LocalRedirect($"{LinkedProvidersApi.Page}?error={exception.Code}") : Back(exception.Code, returnUrl);
        }
        catch (SessionsUnavailableException)
        {
            return Back("unavailable", returnUrl);
        }
    }

    /// <summary>The proof that an account is theirs whom the provider vouches for: its password, and then its second factor where there is one.</summary>
    private static async Task<RedirectHttpResult> LinkAsync(HttpContext context, [AsParameters] OpenIdServices services, CancellationToken cancellationToken)
    {
        var input = await SignInInput.ReadAsync(context.Request, cancellationToken);
        if (services.Cookies.ReadLink(context) is not { } link
            || await services.Users.FindAsync(link.UserId, cancellationToken) is not { DisabledAt: null } user || user.SecurityStamp != link.Stamp)
        {
            OpenIdCookies.Remove(context, OpenIdCookies.LinkName);
            return Back(OpenIdErrors.Expired, ReturnUrl.Default);
        }

        var address = ClientAddress.Of(context);
        if (SignInThrottleExtensions.Refusal(context, await services.Throttle.BeginSignInAsync(address, user.Email, cancellationToken)) is not null)
        {
            return TypedResults.LocalRedirect($"{OpenIdArrivals.LinkPage}?error=throttled");
        }

        if (input.Field("password", MaxFieldLength) is not { } password || !await services.Passwords.MatchesAsync(user.PasswordHash, password, cancellationToken))
        {
            Log.Refused(services.Logger, link.Provider, address, "password of the account");
            await services.Arrivals.RefusedAsync(context, link.Provider, "password of the account", cancellationToken);
            return TypedResults.LocalRedirect($"{OpenIdArrivals.LinkPage}?error=invalid");
        }

        await services.Throttle.SucceededAsync(address, user.Email, cancellationToken);
        OpenIdCookies.Remove(context, OpenIdCookies.LinkName);
        if (user.HasSecondFactor)
        {
            ChallengeCookie.Write(context, services.Challenges.Issue(user, "password", link.Identity));
            return TypedResults.LocalRedirect($"/sign-in/code?return_url={Uri.EscapeDataString(link.ReturnUrl)}");
        }

        return await services.Logins.LinkAsync(context, user, link.Identity, cancellationToken)
            ? TypedResults.LocalRedirect(await services.SignIn.ContinueAsync(context, user, "password", link.ReturnUrl, cancellationToken))
            : Back(OpenIdErrors.Taken, link.ReturnUrl);
    }

    private static RedirectHttpResult Back(string error, string returnUrl) =>
        TypedResults.LocalRedirect($"/sign-in?error={error}&return_url={Uri.EscapeDataString(returnUrl)}");

    private static ProblemHttpResult NoSuchProvider() =>
        ApiError.Result(StatusCodes.Status404NotFound, "sign_in_provider_not_found", "There is no such provider to sign in with.");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A sign-in with {Provider} could not begin: {Reason}")]
        public static partial void NotStarted(ILogger logger, string provider, string reason);

        [LoggerMessage(2, LogLevel.Warning, "A sign-in with {Provider} from {Address} was refused: {Reason}")]
        public static partial void Refused(ILogger logger, string provider, string address, string reason);
    }
}
