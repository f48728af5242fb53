using Npgsql;
using Voice.Offline.Servers;

namespace Voice.Testing;

/// <summary>An empty database of a test's own; dropped when disposed, with whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;
    private readonly PostgresServer _server;

    private TestDatabase(string name, PostgresServer server)
    {
        (_name, _server, ConnectionString) = (name, server, server.ConnectionStringFor(name));
        DataSource = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>What a service gets as <c>ConnectionStrings:voicedb</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>For the test itself to look.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <param name="server">Null for the one that all tests share.</param>
    public static async Task<TestDatabase> CreateAsync(PostgresServer? server = null)
    {
        server ??= await BackingServers.PostgresAsync();
        var name = $"test_{Guid.NewGuid():n}";
        await server.CreateDatabaseAsync(name);
        return new TestDatabase(name, server);
    }

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? (T)value : default;
    }

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = DataSource.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await using var admin = NpgsqlDataSource.Create(_server.ConnectionStringFor("postgres") + ";Pooling=false");
        await using var drop = admin.CreateCommand($"drop database if exists {_name} with (force)");
        await drop.ExecuteNonQueryAsync();
    }
}
