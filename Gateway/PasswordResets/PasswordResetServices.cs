using Voice.Gateway.Passwords;
using Voice.Gateway.SignIn;

namespace Voice.Gateway.PasswordResets;

internal sealed record PasswordResetServices(SignInThrottle Throttle, PasswordCheck Passwords, PasswordResets Resets);
