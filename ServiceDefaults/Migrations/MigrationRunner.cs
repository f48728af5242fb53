using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Voice.ServiceDefaults.Migrations;

/// <summary>
/// Brings the service's schemas up to date before anything of it starts. Each file runs in its own transaction with its row in
/// <c>&lt;schema&gt;.migrations</c>; replicas that start together take turns by an advisory lock; a file that was changed after it had
/// been applied stops the start, because then no two installations have the same schema any more.
/// </summary>
internal sealed partial class MigrationRunner(NpgsqlDataSource dataSource, IEnumerable<MigrationSet> sets, ILogger<MigrationRunner> logger) : IHostedLifecycleService
{
    // One lock for all schemas: start-up is short, and files may refer to what another set has created.
    private const long LockKey = 0x766f_6963_655f_6d67; // "voice_mg"

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, null, $"select pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            foreach (var set in sets)
            {
                await ApplyAsync(connection, set, cancellationToken);
            }
        }
        finally
        {
            // Pooled connections keep session locks; a broken one has lost it already.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await ExecuteAsync(connection, null, $"select pg_advisory_unlock({LockKey})", CancellationToken.None);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationSet set, CancellationToken cancellationToken)
    {
        // Names of schemas are checked when the set is made; they cannot be parameters.
        await ExecuteAsync(connection, null, $"""
            create schema if not exists {set.Schema};
            create table if not exists {set.Schema}.migrations (
                owner text not null,
                number int not null,
                name text not null,
                checksum text not null,
                applied_at timestamptz not null default now(),
                primary key (owner, number))
            """, cancellationToken);
        var applied = await AppliedAsync(connection, set, cancellationToken);
        foreach (var migration in set.Migrations)
        {
            if (!applied.TryGetValue(migration.Number, out var checksum))
            {
                await ApplyAsync(connection, set, migration, cancellationToken);
            }
            else if (checksum != migration.Checksum)
            {
                throw new InvalidOperationException(
                    $"Migration {migration.Number:000}_{migration.Name} of {set.Owner} was changed after it was applied to schema {set.Schema}. Restore the file and put the change into a new one.");
            }
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationSet set, Migration migration, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, transaction, $"set local search_path to {set.Schema}, public", cancellationToken);
        await ExecuteAsync(connection, transaction, migration.Sql, cancellationToken);
        await using var insert = new NpgsqlCommand(
            $"insert into {set.Schema}.migrations (owner, number, name, checksum) values ($1, $2, $3, $4)", connection, transaction)
        {
            Parameters = { new() { Value = set.Owner }, new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Checksum } },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Applied(logger, set.Schema, set.Owner, migration.Number, migration.Name);
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(NpgsqlConnection connection, MigrationSet set, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select number, checksum from {set.Schema}.migrations where owner = $1", connection)
        {
            Parameters = { new() { Value = set.Owner } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied[reader.GetInt32(0)] = reader.GetString(1);
        }

        return applied;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, CancellationToken cancellationToken)
    {
        // A migration may take as long as it takes; the lock wait too.
        await using var command = new NpgsqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
