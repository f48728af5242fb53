using Voice.Gateway.Sessions;

namespace Voice.Gateway.SignIn;

internal sealed record SignInServices(SignInThrottle Throttle, PasswordCheck Passwords, BrowserSession Browser, ILogger<SignInServices> Logger);
