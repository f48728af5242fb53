using Voice.Gateway.Audit;
using Voice.Gateway.Mail;
using Voice.Gateway.Organizations;
using Voice.Gateway.Passwords;
using Voice.Gateway.SecondFactor;
using Voice.Gateway.SignIn;

namespace Voice.Gateway.Accounts;

internal sealed record AccountServices(
    UserDirectory Users, Memberships Memberships, SecondFactors SecondFactors, PasswordCheck Passwords, PasswordResets.PasswordResets Resets,
    SignInThrottle Throttle, SecurityNotices Notices);
