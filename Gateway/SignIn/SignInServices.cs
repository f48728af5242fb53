using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.OpenId;
using Voice.Gateway.Organizations;
using Voice.Gateway.Passwords;
using Voice.Gateway.SecondFactor;
using Voice.Gateway.Sessions;

namespace Voice.Gateway.SignIn;

internal sealed record SignInServices(
    SignInThrottle Throttle, PasswordCheck Passwords, SecondFactors SecondFactors, SignInChallenges Challenges, SignInCompletion Completion,
    SignInSessions Sessions, UserDirectory Users, Memberships Memberships, ExternalLogins Logins, AuditTrail Audit, ILogger<SignInServices> Logger);
