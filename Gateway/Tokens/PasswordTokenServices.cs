using Voice.Gateway.Organizations;
using Voice.Gateway.Passwords;
using Voice.Gateway.SecondFactor;
using Voice.Gateway.SignIn;

namespace Voice.Gateway.Tokens;

internal sealed record PasswordTokenServices(SignInThrottle Throttle, PasswordCheck Passwords, SecondFactors SecondFactors, Memberships Memberships, TokenServices Tokens);
