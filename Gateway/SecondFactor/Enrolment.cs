using QRCoder;
using Voice.Gateway.Accounts;

namespace Voice.Gateway.SecondFactor;

internal static class Enrolment
{
    private const string Issuer = "VoiceAspire";

    /// <summary>The secret for people to type, as the address that authenticator apps register for, and as its picture.</summary>
    public static SecondFactorSecret Describe(byte[] secret, string email)
    {
        var text = Base32.Encode(secret);
        var uri = $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(email)}?secret={text}&issuer={Issuer}&algorithm=SHA1&digits={Totp.Digits}&period=30";
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        var svg = code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
        return new SecondFactorSecret(text, uri, svg);
    }
}
