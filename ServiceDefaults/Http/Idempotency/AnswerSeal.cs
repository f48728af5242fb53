using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.Http.Idempotency;

/// <summary>
/// Encrypts stored answers (AES-256-GCM) with a key made of the platform's signing key and the client's Idempotency-Key: an answer may hold
/// an API key that is shown once, and neither a copy of the database nor an operator with the signing key alone can read it.
/// </summary>
internal sealed class AnswerSeal(IOptions<IdentityOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public byte[] Seal(StoredAnswer answer, IdempotentRequest request)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(answer, StoredAnswerJson.Default.StoredAnswer);
        var sealedAnswer = new byte[NonceBytes + TagBytes + text.Length];
        var nonce = sealedAnswer.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(KeyOf(request), TagBytes);
        aes.Encrypt(nonce, text, sealedAnswer.AsSpan(NonceBytes + TagBytes), sealedAnswer.AsSpan(NonceBytes, TagBytes), request.Fingerprint);
        return sealedAnswer;
    }

    /// <returns>Null where the signing key has changed since.</returns>
    public StoredAnswer? Open(ReadOnlySpan<byte> sealedAnswer, IdempotentRequest request)
    {
        var text = new byte[sealedAnswer.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(KeyOf(request), TagBytes);
        try
        {
            aes.Decrypt(sealedAnswer[..NonceBytes], sealedAnswer[(NonceBytes + TagBytes)..], sealedAnswer.Slice(NonceBytes, TagBytes), text, request.Fingerprint);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize(text, StoredAnswerJson.Default.StoredAnswer);
    }

    private byte[] KeyOf(IdempotentRequest request) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes($"{options.Value.SigningKey}\n{request.Key}"), 32, info: "voiceaspire.idempotency"u8.ToArray());
}
