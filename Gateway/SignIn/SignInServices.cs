namespace Voice.Gateway.SignIn;

internal sealed record SignInServices(SignInThrottle Throttle, PasswordCheck Passwords, ILogger<SignInServices> Logger);
