using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Voice.Gateway.Mail;

/// <summary>What a mail carries to prove that somebody reads it: 256 random bits, of which only the hash is kept.</summary>
internal static class MailToken
{
    public const int MaxLength = 64;

    public static (string Token, byte[] Hash) New()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        return (token, Hash(token));
    }

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
