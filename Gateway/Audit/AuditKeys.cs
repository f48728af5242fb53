using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

namespace Voice.Gateway.Audit;

/// <summary>
/// The keys that heads are signed with. The private half is sealed with a key derived from <c>Auth:SigningKey</c>: who can only write to the
/// database can neither sign a head nor add a key of their own that passes. The key is there before the gateway listens: acts are recorded
/// in transactions, and one that had to open a second connection for it would wait for all others that do the same.
/// </summary>
internal sealed class AuditKeys(NpgsqlDataSource database, IOptions<IdentityOptions> identity, TimeProvider time) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _loading = new(1);
    private AuditKey? _current;

    /// <summary>The newest key that this installation can sign with; the first one is made here.</summary>
    public async ValueTask<AuditKey> CurrentAsync(CancellationToken cancellationToken)
    {
        if (_current is { } known)
        {
            return known;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            return _current ??= await FindOrCreateAsync(cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    public async Task<IReadOnlyList<AuditKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await ReadAsync(connection, null, cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken) => await CurrentAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _loading.Dispose();

    private async Task<AuditKey> FindOrCreateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Gateways that start together agree on one.
        await connection.ExecuteAsync(new CommandDefinition(
            "select pg_advisory_xact_lock(hashtext('identity.audit_keys'))", transaction: transaction, cancellationToken: cancellationToken));
        if ((await ReadAsync(connection, transaction, cancellationToken)).FirstOrDefault(key => key.CanSign) is { } found)
        {
            return found;
        }

        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (id, publicKey, privateKey) = (Ids.New("akey", time), made.ExportSubjectPublicKeyInfo(), made.ExportPkcs8PrivateKey());
        var createdAt = time.GetUtcNow();
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into identity.audit_keys (id, public_key, sealed_private_key, created_at) values (@id, @publicKey, @sealedKey, @createdAt)",
            new { id, publicKey, sealedKey = Seal(id, privateKey), createdAt = createdAt.UtcDateTime },
            transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return new AuditKey(id, publicKey, privateKey, createdAt);
    }

    private async Task<IReadOnlyList<AuditKey>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<KeyRow>(new CommandDefinition(
            """
            select id, public_key as PublicKey, sealed_private_key as SealedPrivateKey, created_at as CreatedAt
            from identity.audit_keys order by created_at desc, id desc
            """,
            transaction: transaction,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => new AuditKey(row.Id, row.PublicKey, Open(row), new DateTimeOffset(row.CreatedAt, TimeSpan.Zero)))];
    }

    private byte[] Seal(string id, byte[] plain)
    {
        var sealedBytes = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, AesGcm.NonceByteSizes.MaxSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(SealingKey(), AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(
            nonce, plain, sealedBytes.AsSpan(nonce.Length + AesGcm.TagByteSizes.MaxSize), sealedBytes.AsSpan(nonce.Length, AesGcm.TagByteSizes.MaxSize),
            Encoding.UTF8.GetBytes(id));
        return sealedBytes;
    }

    /// <summary>Null where it was sealed by somebody else, or does not belong to the public key beside it.</summary>
    private byte[]? Open(KeyRow row)
    {
        var (nonceSize, tagSize) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        if (row.SealedPrivateKey.Length <= nonceSize + tagSize)
        {
            return null;
        }

        var sealedBytes = row.SealedPrivateKey.AsSpan();
        var plain = new byte[sealedBytes.Length - nonceSize - tagSize];
        try
        {
            using var aes = new AesGcm(SealingKey(), tagSize);
            aes.Decrypt(sealedBytes[..nonceSize], sealedBytes[(nonceSize + tagSize)..], sealedBytes.Slice(nonceSize, tagSize), plain, Encoding.UTF8.GetBytes(row.Id));
            using var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(plain, out _);
            return key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(row.PublicKey) ? plain : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] SealingKey() => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(identity.Value.SigningKey), 32, info: "gateway audit signing keys"u8.ToArray());

    private sealed record KeyRow(string Id, byte[] PublicKey, byte[] SealedPrivateKey, DateTime CreatedAt);
}
