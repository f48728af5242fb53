using Npgsql;

namespace Voice.Testing;

/// <summary>An empty database of a test's own on the shared server; dropped when disposed, with whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;

    private TestDatabase(string name, string connectionString)
    {
        (_name, ConnectionString) = (name, connectionString);
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>What a service gets as <c>ConnectionStrings:voicedb</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>For the test itself to look.</summary>
    public NpgsqlDataSource DataSource { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var server = await BackingServers.PostgresAsync();
        var name = $"test_{Guid.NewGuid():n}";
        await server.CreateDatabaseAsync(name);
        return new TestDatabase(name, server.ConnectionStringFor(name));
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
        var server = await BackingServers.PostgresAsync();
        await using var admin = NpgsqlDataSource.Create(server.ConnectionStringFor("postgres") + ";Pooling=false");
        await using var drop = admin.CreateCommand($"drop database if exists {_name} with (force)");
        await drop.ExecuteNonQueryAsync();
    }
}
