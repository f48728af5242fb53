namespace Voice.Gateway.Audit;

/// <summary>
/// <c>dotnet Gateway.dll audit verify [ORGANIZATION...]</c>: checks the chains as they are in the database, with the gateway's own configuration, and
/// ends with 0 when all are whole and 1 when one is not.
/// </summary>
internal static class AuditCommand
{
    private const string Usage = "Usage: Gateway audit verify [ORGANIZATION...]";

    public static async Task<int> RunAsync(IServiceProvider services, string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is not ["audit", "verify", .. var named])
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        var reader = services.GetRequiredService<AuditReader>();
        var broken = 0;
        foreach (var organization in named.Length > 0 ? named : await reader.OrganizationsAsync(cancellationToken))
        {
            var (fault, length) = await reader.VerifyAsync(organization, cancellationToken);
            broken += fault is null ? 0 : 1;
            await output.WriteLineAsync(fault is null ? $"{organization}: {length} entries, whole" : $"{organization}: {fault.Kind}: {fault.Message}");
        }

        return broken == 0 ? 0 : 1;
    }
}
