namespace VoiceAspire.Offline.Surface;

internal static class AzureServiceBusSignature
{
    public static NotSupportedException Missing() => SignatureOnly.Of("Aspire.Hosting.Azure.ServiceBus");
}
