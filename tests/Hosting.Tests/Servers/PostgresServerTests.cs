using Npgsql;
using Voice.Offline.Servers;

namespace Voice.Hosting.Tests.Servers;

public class PostgresServerTests
{
    [Fact]
    public async Task Data_and_password_outlive_a_restart()
    {
        using var folder = new TemporaryFolder();
        string first;
        await using (var server = await PostgresServer.StartAsync(folder["postgres"]).OrTimeout())
        {
            first = server.Password;
            await server.CreateDatabaseAsync("voicedb");
            await server.CreateDatabaseAsync("voicedb");
            await ExecuteAsync(server, "CREATE TABLE kept (id int)");
        }

        await using (var server = await PostgresServer.StartAsync(folder["postgres"]).OrTimeout())
        {
            Assert.Equal(first, server.Password);
            await ExecuteAsync(server, "INSERT INTO kept VALUES (1)");
        }
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync(folder["postgres"], options: new() { Durable = false }).OrTimeout();

        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={server.Port};Username=postgres;Password=wrong;Pooling=false");

        var refusal = await Assert.ThrowsAsync<PostgresException>(async () => await source.OpenConnectionAsync());
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task A_folder_that_only_root_can_reach_works_too()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using (var server = await PostgresServer.StartAsync(folder["postgres"]).OrTimeout())
        {
            await server.CreateDatabaseAsync("voicedb");
        }

        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        await using (var server = await PostgresServer.StartAsync(folder["postgres"]).OrTimeout())
        {
            await ExecuteAsync(server, "SELECT 1");
        }
    }

    [Fact]
    public async Task A_taken_port_is_named_in_the_error()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync(folder["one"], options: new() { Durable = false }).OrTimeout();

        var refusal = await Assert.ThrowsAsync<ServerException>(() => PostgresServer.StartAsync(folder["two"], server.Port).OrTimeout());

        Assert.Contains("Address already in use", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionStringFor("voicedb") + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
