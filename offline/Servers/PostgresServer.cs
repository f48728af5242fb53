using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Voice.Offline.Servers;

/// <summary>
/// A private PostgreSQL cluster on a loopback port, run from the binaries on this machine. The folder holds the cluster and the password
/// of its superuser, made up when the cluster is made.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;
    private readonly PortReservation? _reservation;

    private PostgresServer(ChildProcess process, PortReservation? reservation, int port, string password)
    {
        (_process, _reservation, Port, Password) = (process, reservation, port, password);
    }

    public static string Username => "postgres";

    public string Password { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    public Task<int> Exited => _process.Exited;

    public IReadOnlyList<string> Tail => _process.Tail;

    /// <summary>Names no database; see <see cref="ConnectionStringFor"/>.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={Username};Password={Password}";

    public string ConnectionStringFor(string database) => $"{ConnectionString};Database={database}";

    /// <summary>Starts the cluster in the folder, making it first when there is none. Port 0 is any free one.</summary>
    public static async Task<PostgresServer> StartAsync(
        string dataDirectory, int port = 0, PostgresOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PostgresOptions();
        var installation = PostgresInstallation.Find();
        var account = PostgresAccount.For(Directory.CreateDirectory(dataDirectory).FullName);
        var password = await PasswordAsync(account, cancellationToken);
        if (!File.Exists(Path.Combine(account.Cluster, "PG_VERSION")))
        {
            await CreateClusterAsync(installation, account, cancellationToken);
        }

        installation.EnsureCanRun(account.Cluster);
        await account.OwnAsync(cancellationToken);
        var reservation = port == 0 ? new PortReservation() : null;
        var process = await ChildProcess.StartAsync(account.Run(installation.Server, UnixSignal.Interrupt, options.OnLine,
        [
            "-D", account.Cluster,
            "-p", (reservation?.Port ?? port).ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=",
            "-c", $"max_connections={options.MaxConnections}",
            "-c", "logging_collector=off",
            .. options.Durable ? (string[])[] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"],
        ]), cancellationToken);
        var server = new PostgresServer(process, reservation, reservation?.Port ?? port, password);
        try
        {
            await Readiness.WaitAsync("PostgreSQL", process, StartLimit, server.AnswersAsync, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task CreateDatabaseAsync(string name, CancellationToken cancellationToken = default)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionStringFor("postgres") + ";Pooling=false");
        var quoted = '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        await using var create = source.CreateCommand($"CREATE DATABASE {quoted}");
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // It is there, which is what was asked for.
        }
    }

    /// <summary>Ends sessions at once and writes a checkpoint ("fast" shutdown).</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(UnixSignal.Interrupt, TimeSpan.FromSeconds(5));
        await _process.DisposeAsync();
        _reservation?.Dispose();
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres") + ";Pooling=false;Timeout=2");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            // A refused password too: then another server has the port, and ours is about to end saying so.
            return false;
        }
    }

    private static async Task<string> PasswordAsync(PostgresAccount account, CancellationToken cancellationToken)
    {
        if (!File.Exists(account.PasswordFile))
        {
            PrivateFile.Write(account.PasswordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        }

        return await File.ReadAllTextAsync(account.PasswordFile, cancellationToken);
    }

    private static async Task CreateClusterAsync(PostgresInstallation installation, PostgresAccount account, CancellationToken cancellationToken)
    {
        // Made beside and moved into place when whole, so that an interrupted first start leaves nothing half-made.
        var making = account.Cluster + ".new";
        if (Directory.Exists(making))
        {
            Directory.Delete(making, recursive: true);
        }

        Directory.CreateDirectory(making);
        await account.OwnAsync(cancellationToken);
        await using var initdb = await ChildProcess.StartAsync(account.Run(installation.InitDb, UnixSignal.Kill, null,
        [
            "-D", making, "-U", Username, "-A", "scram-sha-256", "--pwfile", account.PasswordFile, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        ]), cancellationToken);
        if (await initdb.Exited.WaitAsync(cancellationToken) is var code and not 0)
        {
            throw new ServerException($"initdb ended with exit code {code}:{Environment.NewLine}{string.Join(Environment.NewLine, initdb.Tail)}");
        }

        Directory.Move(making, account.Cluster);
    }
}
