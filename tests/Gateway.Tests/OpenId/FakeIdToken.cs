using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Tests.OpenId;

/// <summary>An id_token as a test wants it, put together by hand: libraries refuse to make what must be refused.</summary>
internal sealed class FakeIdToken
{
    public required JsonObject Header { get; init; }

    public required JsonObject Claims { get; init; }

    /// <summary>Of the signing input.</summary>
    public required Func<byte[], byte[]> Sign { get; set; }

    public FakeIdToken Claim(string name, JsonNode? value)
    {
        if (value is null)
        {
            Claims.Remove(name);
        }
        else
        {
            Claims[name] = value;
        }

        return this;
    }

    public FakeIdToken SignedBy(string algorithm, Func<byte[], byte[]> sign)
    {
        Header["alg"] = algorithm;
        Sign = sign;
        return this;
    }

    public override string ToString()
    {
        var input = $"{Encode(Header)}.{Encode(Claims)}";
        return $"{input}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public static Func<byte[], byte[]> Rsa(RSA key) => input => key.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static Func<byte[], byte[]> Hmac(byte[] key) => input => HMACSHA256.HashData(key, input);

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
