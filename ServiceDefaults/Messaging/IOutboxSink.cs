using Npgsql;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>A transport in the outbox's own database: it moves messages there, within the relay's transaction and without their leaving the server.</summary>
internal interface IOutboxSink
{
    /// <summary>Oldest first. Returns how many of each type.</summary>
    Task<IReadOnlyDictionary<string, int>> MoveAsync(
        string schema, int limit, NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken);
}
