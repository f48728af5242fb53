using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Gateway.Authentication;

internal static class PeopleOnly
{
    public const string Code = "users_only";

    /// <summary>Closed to keys: 403. The error is also what takes keys out of the credentials that the API document names for the endpoint.</summary>
    public static TBuilder ForPeople<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithErrors(Code).AddEndpointFilter(async (invocation, next) =>
        invocation.HttpContext.User.GetCaller().Kind == "user"
            ? await next(invocation)
            : ApiError.Result(StatusCodes.Status403Forbidden, "users_only", "This is for people who are signed in, not for keys."));

    /// <summary>What a stolen session must not be enough for: asks for a proof that is some minutes old at most.</summary>
    public static RouteHandlerBuilder RequireFreshProof(this RouteHandlerBuilder endpoint) => endpoint.WithErrors("confirmation_required").AddEndpointFilter(async (invocation, next) =>
        invocation.HttpContext.RequestServices.GetRequiredService<FreshProof>().Refuse(invocation.HttpContext.User) is { } refusal
            ? refusal
            : await next(invocation));

    /// <summary>The same for what keys may do too; only people are asked.</summary>
    public static RouteHandlerBuilder RequireFreshProofOfPeople(this RouteHandlerBuilder endpoint) => endpoint.WithErrors("confirmation_required").AddEndpointFilter(async (invocation, next) =>
        invocation.HttpContext.RequestServices.GetRequiredService<FreshProof>().RefusePerson(invocation.HttpContext.User) is { } refusal
            ? refusal
            : await next(invocation));
}
