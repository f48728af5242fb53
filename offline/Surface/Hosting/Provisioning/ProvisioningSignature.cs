namespace VoiceAspire.Offline.Surface;

internal static class ProvisioningSignature
{
    public static NotSupportedException Missing() => SignatureOnly.Of("Azure.Provisioning");
}
