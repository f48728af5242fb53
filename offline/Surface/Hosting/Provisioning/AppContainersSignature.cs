namespace VoiceAspire.Offline.Surface;

internal static class AppContainersSignature
{
    public static NotSupportedException Missing() => SignatureOnly.Of("Azure.Provisioning.AppContainers");
}
