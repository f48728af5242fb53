namespace VoiceAspire.Offline.Surface;

internal static class ServiceBusSignature
{
    public static NotSupportedException Missing() => SignatureOnly.Of("Azure.Messaging.ServiceBus");
}
