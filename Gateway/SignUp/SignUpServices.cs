using Voice.Gateway.Accounts;
using Voice.Gateway.Passwords;
using Voice.Gateway.SignIn;

namespace Voice.Gateway.SignUp;

internal sealed record SignUpServices(SignInThrottle Throttle, PasswordCheck Passwords, SignUps SignUps, UserDirectory Users, SignInCompletion SignIn);
