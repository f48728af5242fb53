using System.Buffers.Text;
using System.Security.Cryptography;

namespace Voice.Gateway.Audit;

/// <summary>Follows one organization's chain, entry after entry, and says what is wrong first. The same code online and in the command-line client.</summary>
internal sealed class AuditChain
{
    private string _last = AuditHash.Zero;

    public string? OrganizationId { get; private set; }

    public long Length { get; private set; }

    public AuditFault? Add(AuditEntry entry)
    {
        OrganizationId ??= entry.OrganizationId;
        if (entry.OrganizationId != OrganizationId)
        {
            return new("foreign", $"After entry {Length} comes one of another organization ({entry.OrganizationId}).");
        }

        if (entry.Sequence != Length + 1)
        {
            return entry.Sequence > Length + 1
                ? new("missing", $"After entry {Length} comes entry {entry.Sequence}: entries were removed, or put in another order.")
                : new("reordered", $"After entry {Length} comes entry {entry.Sequence}: entries were repeated, or put in another order.");
        }

        if (AuditHash.Of(entry) != entry.Hash)
        {
            return new("changed", $"Entry {entry.Sequence} was changed: its hash is not that of what it says.");
        }

        if (entry.PreviousHash != _last)
        {
            return new("changed", $"Entry {entry.Sequence} does not follow the entry before it: one of them was changed.");
        }

        (Length, _last) = (entry.Sequence, entry.Hash);
        return null;
    }

    /// <param name="publicKey">SubjectPublicKeyInfo of the key that is trusted, or the head's own.</param>
    public AuditFault? End(AuditHead? head, ReadOnlySpan<byte> publicKey)
    {
        if (head is null)
        {
            return new("truncated", $"There is no signed head after entry {Length}: the end was cut off.");
        }

        if (OrganizationId is not null && head.OrganizationId != OrganizationId)
        {
            return new("foreign", $"The head is of another organization ({head.OrganizationId}).");
        }

        if (!IsSigned(head, publicKey))
        {
            return new("signature", "The head's signature is not good: the head was changed, or signed with another key.");
        }

        if (head.Sequence != Length)
        {
            return head.Sequence > Length
                ? new("truncated", $"The signed head is at entry {head.Sequence}, the last entry is {Length}: the end was cut off.")
                : new("foreign", $"The signed head is at entry {head.Sequence}, the last entry is {Length}: what follows was added afterwards.");
        }

        return head.Hash == _last ? null : new("changed", $"The signed head has another hash than entry {Length}: the chain was made anew.");
    }

    public static bool IsSigned(AuditHead head, ReadOnlySpan<byte> publicKey)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(publicKey, out _);
            return Base64Url.IsValid(head.Signature)
                && key.VerifyData(AuditHash.OfHead(head), Base64Url.DecodeFromChars(head.Signature), HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
