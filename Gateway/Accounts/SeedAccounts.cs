using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.Gateway.ApiKeys;
using Voice.Gateway.Organizations;
using Voice.Gateway.Passwords;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Accounts;

/// <summary>
/// Gives a new installation its organization, administrator and API key. Runs before the gateway listens, after the migrations.
/// What is there is left alone: a password that was changed stays changed, a key that was revoked stays revoked.
/// </summary>
internal sealed partial class SeedAccounts(
    NpgsqlDataSource database, PasswordCheck passwords, IOptions<SeedOptions> options, TimeProvider time, ILogger<SeedAccounts> logger)
    : IHostedService
{
    public const string OrganizationId = "org_default";
    public const string AdministratorEmail = "admin@localhost";
    public const string ApiKeyName = "First key";

    private const int MinSecretLength = 12;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Two gateways may start at once on an empty database.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtext('identity.seed'))", transaction: transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into identity.organizations (id, name, created_at) values (@id, 'Default organization', @now) on conflict (id) do nothing",
            new { id = OrganizationId, now = time.GetUtcNow().UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        await SeedAdministratorAsync(transaction, cancellationToken);
        await SeedApiKeyAsync(transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Required(string? value, string key) =>
        value is { Length: >= MinSecretLength }
            ? value
            : throw new InvalidOperationException($"{key} must be set to a secret of at least {MinSecretLength} characters for the first start.");

    private async Task SeedAdministratorAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (await AnyAsync("select exists (select from identity.users)", transaction, cancellationToken))
        {
            return;
        }

        var password = Required(options.Value.AdminPassword, "Seed:AdminPassword");
        var id = await NewAccount.InsertAsync(transaction, AdministratorEmail, passwords.Hash(password), "en", time, cancellationToken);
        await Memberships.AddAsync(transaction, OrganizationId, id, Roles.Owner, Now, cancellationToken);
        Log.AdministratorSeeded(logger, id);
    }

    private async Task SeedApiKeyAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (await AnyAsync("select exists (select from identity.api_keys)", transaction, cancellationToken))
        {
            return;
        }

        var id = Ids.New("key", time);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.api_keys (id, organization_id, name, key_sha256, created_at)
            values (@id, @OrganizationId, @ApiKeyName, @hash, @now)
            """,
            new { id, OrganizationId, ApiKeyName, hash = ApiKeyCredential.Hash(Required(options.Value.ApiKey, "Seed:ApiKey")), now = Now },
            transaction,
            cancellationToken: cancellationToken));
        Log.ApiKeySeeded(logger, id);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private static async Task<bool> AnyAsync(string sql, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteScalarAsync<bool>(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellationToken));
}
