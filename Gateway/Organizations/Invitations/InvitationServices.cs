using Voice.Gateway.Accounts;
using Voice.Gateway.Authentication;
using Voice.Gateway.Passwords;
using Voice.Gateway.Sessions;
using Voice.Gateway.SignIn;

namespace Voice.Gateway.Organizations.Invitations;

internal sealed record InvitationServices(
    Invitations Invitations, UserDirectory Users, Memberships Memberships, PasswordCheck Passwords, SignInThrottle Throttle, SignInSessions Sessions,
    SignInCompletion SignIn, FreshProof Proof, TimeProvider Time);
