using Voice.Gateway.Audit;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.Gateway.Tokens;

/// <summary>
/// <c>Gateway rotate-keys [--compromised]</c>: new keys for access tokens and for tokens between services. They take over once everybody has
/// them; with <c>--compromised</c> at once, and what the old ones signed is worth nothing from then on.
/// </summary>
internal static class RotateKeysCommand
{
    private const string Compromised = "--compromised";

    public static async Task<int> RunAsync(IServiceProvider services, string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is not (["rotate-keys"] or ["rotate-keys", Compromised]))
        {
            await output.WriteLineAsync($"Usage: rotate-keys [{Compromised}]");
            return 2;
        }

        var atOnce = args.Contains(Compromised);
        foreach (var schedule in new[] { KeySchedule.Access, KeySchedule.Internal })
        {
            var kid = await services.GetRequiredKeyedService<KeyRing>(schedule.Purpose).RotateAsync(atOnce, cancellationToken);
            await services.GetRequiredService<AuditTrail>().RecordAsync(
                new AuditEvent(CurrentCaller.PlatformOrganization, new AuditParty("operator", "command"), "signing_key.rotate", new AuditParty("signing_key", kid))
                {
                    Details = new Dictionary<string, string> { ["purpose"] = schedule.Purpose, ["compromised"] = atOnce ? "yes" : "no" },
                },
                cancellationToken);
            await output.WriteLineAsync($"{schedule.Purpose}: {kid} takes over {(atOnce ? "now" : $"in {schedule.PublishBefore.TotalMinutes:0} minutes")}");
        }

        return 0;
    }
}
