using VoiceAspire.Offline.Surface;

namespace Azure.Provisioning.ServiceBus;

public readonly struct ServiceBusBuiltInRole
{
    public static ServiceBusBuiltInRole AzureServiceBusDataOwner => throw SignatureOnly.Of("Azure.Provisioning.ServiceBus");

    public static ServiceBusBuiltInRole AzureServiceBusDataReceiver => throw SignatureOnly.Of("Azure.Provisioning.ServiceBus");

    public static ServiceBusBuiltInRole AzureServiceBusDataSender => throw SignatureOnly.Of("Azure.Provisioning.ServiceBus");
}
