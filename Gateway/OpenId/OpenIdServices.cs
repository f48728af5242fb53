using Voice.Gateway.Accounts;
using Voice.Gateway.Passwords;
using Voice.Gateway.SignIn;

namespace Voice.Gateway.OpenId;

internal sealed record OpenIdServices(
    OpenIdProviders Providers, OpenIdRequests Requests, OpenIdResponses Responses, OpenIdArrivals Arrivals, OpenIdCookies Cookies, ExternalLogins Logins,
    SignInThrottle Throttle, UserDirectory Users, PasswordCheck Passwords, SignInChallenges Challenges, SignInContinuation SignIn, ILogger<OpenIdServices> Logger);
