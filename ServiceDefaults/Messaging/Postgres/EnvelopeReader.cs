using Npgsql;

namespace Voice.ServiceDefaults.Messaging.Postgres;

internal static class EnvelopeReader
{
    /// <summary>Columns id, key, type, body, traceparent, created_at, in that order from <paramref name="first"/>.</summary>
    public static MessageEnvelope Read(NpgsqlDataReader reader, int first) => new(
        reader.GetString(first),
        reader.GetString(first + 1),
        reader.GetString(first + 2),
        reader.GetString(first + 3),
        reader.IsDBNull(first + 4) ? null : reader.GetString(first + 4),
        reader.GetFieldValue<DateTimeOffset>(first + 5));
}
