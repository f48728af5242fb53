namespace Voice.Offline.Servers;

public sealed class PostgresOptions
{
    /// <summary>False for data that nobody misses after a power cut (tests): several times as many commits a second.</summary>
    public bool Durable { get; init; } = true;

    public int MaxConnections { get; init; } = 200;

    /// <summary>Called for each line of the server's log.</summary>
    public Action<string>? OnLine { get; init; }
}
