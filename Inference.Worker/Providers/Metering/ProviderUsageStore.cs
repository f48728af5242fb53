using Npgsql;
using NpgsqlTypes;

namespace Voice.Inference.Providers.Metering;

/// <summary>Table <c>inference.provider_usage</c>.</summary>
internal sealed class ProviderUsageStore(NpgsqlDataSource database, ProviderMeter meter)
{
    private const string Add =
        """
        insert into inference.provider_usage as u
            (organization_id, day, provider, own, capability, model, calls, estimated, audio_seconds, characters, input_tokens, output_tokens, cost)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (organization_id, day, provider, own, capability, model) do update set
            calls = u.calls + excluded.calls, estimated = u.estimated + excluded.estimated, audio_seconds = u.audio_seconds + excluded.audio_seconds,
            characters = u.characters + excluded.characters, input_tokens = u.input_tokens + excluded.input_tokens,
            output_tokens = u.output_tokens + excluded.output_tokens, cost = u.cost + excluded.cost
        """;

    private readonly SemaphoreSlim _flushing = new(1, 1);

    /// <summary>Keeps what was counted since; all of it or, where the database is away, none, and then it is counted on.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        var uses = meter.Take();
        try
        {
            if (uses.Count > 0)
            {
                await using var batch = database.CreateBatch();
                // In one order, so that two replicas cannot wait for each other.
                foreach (var (key, use) in uses.OrderBy(use => use.Key.ToString(), StringComparer.Ordinal))
                {
                    batch.BatchCommands.Add(Command(key, use));
                }

                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch
        {
            foreach (var (key, use) in uses)
            {
                meter.Add(key, use);
            }

            throw;
        }
        finally
        {
            _flushing.Release();
        }
    }

    public async Task<IReadOnlyList<ProviderUsageRow>> ListAsync(string organizationId, DateOnly from, DateOnly to, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            select day, provider, own, capability, model, calls, estimated, audio_seconds, characters, input_tokens, output_tokens, cost
            from inference.provider_usage where organization_id = $1 and day between $2 and $3 order by day desc, provider, capability, model limit $4
            """);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = to });
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<ProviderUsageRow> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetFieldValue<DateOnly>(0).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), reader.GetString(1), reader.GetBoolean(2), reader.GetString(3), reader.GetString(4),
                reader.GetInt64(5), reader.GetInt64(6), reader.GetDecimal(7), reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10), reader.GetDecimal(11)));
        }

        return rows;
    }

    private static NpgsqlBatchCommand Command(ProviderUseKey key, ProviderUse use)
    {
        var command = new NpgsqlBatchCommand(Add);
        foreach (var value in (object[])[
            key.OrganizationId, key.Day, key.Provider, key.Own, key.Capability.ToString().ToLowerInvariant(), key.Model, use.Calls, use.Estimated,
            use.AudioSeconds, use.Characters, use.InputTokens, use.OutputTokens, use.Cost])
        {
            command.Parameters.Add(value is DateOnly ? new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Date } : new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
