using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.Gateway.Authentication;
using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.SignIn;

internal static partial class SignInApi
{
    private const int MaxBodyBytes = 16 * 1024;
    private const int MaxFieldLength = 256;

    public static RouteGroupBuilder MapSignInApi(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/auth").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));
        group.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        group.MapPost("/sign-out", SignOutAsync).RequireKnown();
        group.MapGet("/me", Me).RequireKnown();
        return group;
    }

    /// <summary>
    /// Takes a form (and then answers with redirects, so that the page works without scripts) or JSON. A wrong password and an unknown
    /// account are the same answer after the same time.
    /// </summary>
    private static async Task<Results<Ok<SignedIn>, RedirectHttpResult, ProblemHttpResult>> SignInAsync(
        HttpContext context, [AsParameters] SignInServices services, CancellationToken cancellationToken)
    {
        var byForm = context.Request.HasFormContentType;
        if (await ReadAsync(context.Request, byForm, cancellationToken) is not var (email, password, returnUrl))
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_request", "Send 'email' and 'password' as a form or as JSON.");
        }

        var address = AddressOf(context);
        var account = email.ToLowerInvariant();
        if (!services.Throttle.TryBegin(address, account, out var retryAfter))
        {
            Log.Throttled(services.Logger, address);
            context.Response.Headers.RetryAfter = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return byForm
                ? Back("throttled", returnUrl)
                : ApiError.Result(StatusCodes.Status429TooManyRequests, "too_many_sign_ins", "Too many tries. Wait a few minutes and try again.");
        }

        if (await services.Passwords.VerifyAsync(email, password, cancellationToken) is not { } user)
        {
            Log.Refused(services.Logger, address);
            return byForm
                ? Back("invalid", returnUrl)
                : ApiError.Result(StatusCodes.Status401Unauthorized, "invalid_sign_in", "E-mail or password is wrong.");
        }

        services.Throttle.Succeeded(address, account);
        try
        {
            await services.Browser.SignInAsync(context, user.Id, user.OrganizationId, user.SecurityStamp, "password", cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            var away = CredentialProblem.SessionsAway;
            return byForm ? Back("unavailable", returnUrl) : ApiError.Result(away.Status, away.Code, away.Message);
        }

        Log.Accepted(services.Logger, user.Id, address);
        return byForm ? TypedResults.LocalRedirect(ReturnUrl.Local(returnUrl)) : TypedResults.Ok(new SignedIn(user.Id, user.Email, user.OrganizationId, user.Role));
    }

    private static async Task<Results<NoContent, RedirectHttpResult, ProblemHttpResult>> SignOutAsync(
        HttpContext context, BrowserSession browser, CancellationToken cancellationToken)
    {
        try
        {
            await browser.SignOutAsync(context, cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            var away = CredentialProblem.SessionsAway;
            return ApiError.Result(away.Status, away.Code, away.Message);
        }

        return context.Request.HasFormContentType ? TypedResults.LocalRedirect("/sign-in") : TypedResults.NoContent();
    }

    private static Ok<Me> Me(ClaimsPrincipal user)
    {
        var caller = user.GetCaller();
        return TypedResults.Ok(new Me(caller.Subject, caller.Kind, caller.Name, caller.OrganizationId));
    }

    private static async Task<Credentials?> ReadAsync(HttpRequest request, bool byForm, CancellationToken cancellationToken)
    {
        if (byForm)
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return Checked(form["email"], form["password"], form["return_url"]);
        }

        try
        {
            var body = request.HasJsonContentType() ? await request.ReadFromJsonAsync(SignInJson.Default.SignInBody, cancellationToken) : null;
            return Checked(body?.Email, body?.Password, null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Credentials? Checked(string? email, string? password, string? returnUrl) =>
        email is { Length: > 0 and <= MaxFieldLength } && password is { Length: > 0 and <= MaxFieldLength } ? new(email, password, returnUrl) : null;

    /// <summary>An IPv6 customer has a whole /64 of addresses; they count as one.</summary>
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return address.MapToIPv4().ToString();
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    private static RedirectHttpResult Back(string error, string? returnUrl) => TypedResults.LocalRedirect(
        $"/sign-in?error={error}&return_url={Uri.EscapeDataString(ReturnUrl.Local(returnUrl))}");

    private sealed record Credentials(string Email, string Password, string? ReturnUrl);
}
