namespace Voice.Gateway.SignIn;

internal static partial class SignInApi
{
    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "A sign-in from {Address} was refused.")]
        public static partial void Refused(ILogger logger, string address);

        [LoggerMessage(3, LogLevel.Warning, "Sign-ins from {Address} are throttled.")]
        public static partial void Throttled(ILogger logger, string address);
    }
}
