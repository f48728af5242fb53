namespace Voice.Gateway.Accounts;

internal sealed partial class SeedAccounts
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Created the owner {UserId} with the configured password.")]
        public static partial void AdministratorSeeded(ILogger logger, string userId);

        [LoggerMessage(2, LogLevel.Information, "Stored the configured API key as {KeyId}.")]
        public static partial void ApiKeySeeded(ILogger logger, string keyId);
    }
}
