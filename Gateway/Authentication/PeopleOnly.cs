using Voice.Gateway.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Authentication;

internal static class PeopleOnly
{
    /// <summary>Closed to keys: 403.</summary>
    public static RouteGroupBuilder ForPeople(this RouteGroupBuilder group) => group.AddEndpointFilter(async (invocation, next) =>
        invocation.HttpContext.User.GetCaller().Kind == "user"
            ? await next(invocation)
            : ApiError.Result(StatusCodes.Status403Forbidden, "users_only", "This is for people who are signed in, not for keys."));

    /// <summary>What a stolen session must not be enough for: asks for a proof that is some minutes old at most.</summary>
    public static RouteHandlerBuilder RequireFreshProof(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (invocation, next) =>
        invocation.HttpContext.RequestServices.GetRequiredService<FreshProof>().IsFresh(invocation.HttpContext.User)
            ? await next(invocation)
            : ApiError.Result(
                StatusCodes.Status403Forbidden, "confirmation_required", "Prove again who you are: POST /api/v1/auth/confirm, then repeat this."));
}
