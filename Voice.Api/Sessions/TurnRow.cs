using System.Text.Json;
using Npgsql;

namespace Voice.Api.Sessions;

/// <summary>A row of <c>voice.turns</c>.</summary>
internal sealed record TurnRow(
    string Id,
    int Sequence,
    string Language,
    string Transcript,
    double? Confidence,
    string Reply,
    IReadOnlyDictionary<string, double> LatencyMs,
    DateTimeOffset StartedAt,
    DateTimeOffset CompletedAt)
{
    /// <summary>All turns of a session, in order.</summary>
    public static async Task<List<TurnRow>> ReadAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, string sessionId, CancellationToken cancellationToken)
    {
        const string Select = """
            select id, sequence, language, transcript, confidence, reply, latency_ms, started_at, completed_at
            from voice.turns where session_id = $1 order by sequence
            """;
        await using var command = new NpgsqlCommand(Select, connection, transaction);
        command.Parameters.Add(new() { Value = sessionId });
        var rows = new List<TurnRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new TurnRow(
                reader.GetString(0),
                reader.GetInt32(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetDouble(4),
                reader.GetString(5),
                JsonSerializer.Deserialize(reader.GetString(6), SessionJson.Default.IReadOnlyDictionaryStringDouble) ?? new Dictionary<string, double>(),
                reader.GetFieldValue<DateTimeOffset>(7),
                reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return rows;
    }
}
