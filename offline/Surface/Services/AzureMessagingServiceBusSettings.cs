using VoiceAspire.Offline.Surface;

namespace Aspire.Azure.Messaging.ServiceBus;

public sealed class AzureMessagingServiceBusSettings
{
    public AzureMessagingServiceBusSettings() => throw SignatureOnly.Of("Aspire.Azure.Messaging.ServiceBus");
}
