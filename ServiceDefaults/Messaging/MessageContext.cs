using Npgsql;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>The delivery a handler works in.</summary>
/// <param name="MessageId">Unique per published message; the same on every redelivery.</param>
/// <param name="Attempt">1 for the first delivery.</param>
/// <param name="Connection">Open, in <paramref name="Transaction"/>; the dispatcher commits.</param>
public sealed record MessageContext(string MessageId, int Attempt, NpgsqlConnection Connection, NpgsqlTransaction Transaction);
