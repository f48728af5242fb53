using System.CommandLine;

namespace Voice.Cli.Audit;

internal static class AuditCommand
{
    private const string Description = """
        Checks an exported audit trail (GET /api/v1/audit/export) without a platform: that nothing was changed, removed, put in another order, or cut
        off at the end.

        Exit codes: 0 whole; 1 not whole, and what is wrong first; 2 usage; 3 a file cannot be read.
        """;

    public static Command Create(CliConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "The export; - is standard input." };
        var key = new Option<string?>("--key")
        {
            Description = "The public key that is trusted, as /api/v1/audit/keys gives it (base64url), obtained once and kept. Without it the export's own is used.",
            HelpName = "KEY",
        };
        var previous = new Option<string?>("--previous") { Description = "An earlier export: this one must continue it.", HelpName = "FILE" };
        var verify = new Command("verify", Description) { file, key, previous };
        verify.SetAction((parsed, cancellationToken) => new AuditVerification(console).RunAsync(
            parsed.GetRequiredValue(file), parsed.GetValue(key), parsed.GetValue(previous), cancellationToken));
        return new Command("audit", "Works with exported audit trails.") { verify };
    }
}
