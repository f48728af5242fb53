using System.Text.Json;
using Dapper;
using Npgsql;
using Voice.Gateway.Audit;

namespace Voice.Gateway.Limits;

/// <summary>
/// <c>dotnet Gateway.dll limits set ORGANIZATION JSON</c>: what only whoever runs the installation may decide, an organization's own limits and quotas;
/// <c>limits reset ORGANIZATION</c> takes them away. Running gateways follow within seconds.
/// </summary>
internal static class LimitsCommand
{
    private const string Usage = """Usage: Gateway limits set ORGANIZATION '{"requests":{"permits":600,"window_seconds":60},"monthly":{"tokens":1000000}}' | limits reset ORGANIZATION""";

    public static async Task<int> RunAsync(IServiceProvider services, string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var (organization, settings) = args switch
        {
            ["limits", "set", var id, var json] => (id, Parse(json)),
            ["limits", "reset", var id] => (id, LimitSettings.None),
            _ => (null, null),
        };
        if (organization is null || settings is null || settings.Problem() is not null)
        {
            await output.WriteLineAsync(settings?.Problem() ?? Usage);
            return 2;
        }

        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var sql = args[1] == "reset"
            ? "delete from identity.limit_settings where organization_id = @organization and subject = '' returning 1"
            : """
              insert into identity.limit_settings (organization_id, subject, settings, updated_at)
              select id, '', @json::jsonb, @now from identity.organizations where id = @organization
              on conflict (organization_id, subject) do update set settings = excluded.settings, updated_at = excluded.updated_at
              returning 1
              """;
        var done = await connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            sql,
            new
            {
                organization,
                json = JsonSerializer.Serialize(settings, LimitSettingsJson.Default.LimitSettings),
                now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime,
            },
            transaction,
            cancellationToken: cancellationToken));
        if (done is not null)
        {
            var act = new AuditEvent(organization, new AuditParty("operator", "command"), $"limits.{args[1]}", new AuditParty("organization", organization));
            await services.GetRequiredService<AuditTrail>().RecordAsync(transaction, act, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await output.WriteLineAsync(done is null ? $"{organization}: there is nothing to {args[1]}" : $"{organization}: done");
        return done is null ? 1 : 0;
    }

    private static LimitSettings? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LimitSettingsJson.Default.LimitSettings);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
