namespace VoiceAspire.Offline.Surface;

internal static class AzureSignature
{
    public static NotSupportedException Missing() => SignatureOnly.Of("Aspire.Hosting.Azure");
}
