using System.Buffers.Text;
using System.Security.Cryptography;

namespace Voice.Gateway.Audit;

/// <summary>A key that heads are signed with. The private half is null where another signing key of the installation sealed it.</summary>
internal sealed class AuditKey(string id, byte[] publicKey, byte[]? privateKey, DateTimeOffset createdAt)
{
    public string Id => id;

    public ReadOnlySpan<byte> PublicKey => publicKey;

    public bool CanSign => privateKey is not null;

    public AuditPublicKey AsPublic() => new(id, Base64Url.EncodeToString(publicKey), createdAt);

    public AuditHead Sign(string organizationId, long sequence, string hash, DateTimeOffset at)
    {
        var head = new AuditHead
        {
            OrganizationId = organizationId,
            Sequence = sequence,
            Hash = hash,
            At = AuditHash.Format(at),
            KeyId = id,
            Signature = "",
            PublicKey = Base64Url.EncodeToString(publicKey),
        };
        // An object of the framework's is not for several threads; making one costs less than waiting for it.
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(privateKey, out _);
        return head with { Signature = Base64Url.EncodeToString(key.SignData(AuditHash.OfHead(head), HashAlgorithmName.SHA256)) };
    }
}

/// <summary>What an auditor needs to check heads.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo (EC, P-256) in base64url.</param>
internal sealed record AuditPublicKey(string Id, string PublicKey, DateTimeOffset CreatedAt);
