using Voice.Gateway.Audit;
using Voice.Gateway.Limits;
using Voice.Gateway.Tokens;

namespace Voice.Gateway;

/// <summary>What the program does instead of serving, for whoever runs the installation.</summary>
internal static class GatewayCommands
{
    /// <returns>Null where the gateway is to serve.</returns>
    public static async Task<int?> RunAsync(WebApplication app, string[] args) => args switch
    {
        ["audit", ..] => await AuditCommand.RunAsync(app.Services, args, Console.Out, CancellationToken.None),
        ["limits", ..] => await LimitsCommand.RunAsync(app.Services, args, Console.Out, CancellationToken.None),
        ["rotate-keys", ..] => await RotateKeysCommand.RunAsync(app.Services, args, Console.Out, CancellationToken.None),
        _ => null,
    };
}
