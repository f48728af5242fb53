#nullable disable // as the package is
using static VoiceAspire.Offline.Surface.ServiceBusSignature;

// The part of Azure.Messaging.ServiceBus 7.20 that ServiceDefaults uses. One file for the package, so that it reads beside its listing.
namespace Azure.Messaging.ServiceBus;

public class ServiceBusClient : IAsyncDisposable
{
    protected ServiceBusClient() => throw Missing();

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => throw Missing();

    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName, ServiceBusReceiverOptions options) => throw Missing();

    public virtual ServiceBusSessionProcessor CreateSessionProcessor(
        string topicName, string subscriptionName, ServiceBusSessionProcessorOptions options = null) => throw Missing();

    public virtual ValueTask DisposeAsync() => throw Missing();
}

public class ServiceBusClientOptions
{
    public ServiceBusClientOptions() => throw Missing();
}

public class ServiceBusSender : IAsyncDisposable
{
    protected ServiceBusSender() => throw Missing();

    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default) => throw Missing();

    public virtual ValueTask DisposeAsync() => throw Missing();
}

public sealed class ServiceBusMessageBatch : IDisposable
{
    internal ServiceBusMessageBatch() => throw Missing();

    public int Count => throw Missing();

    public bool TryAddMessage(ServiceBusMessage message) => throw Missing();

    public void Dispose() => throw Missing();
}

public class ServiceBusMessage
{
    public ServiceBusMessage(BinaryData body) => throw Missing();

    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage) => throw Missing();

    public IDictionary<string, object> ApplicationProperties => throw Missing();

    public string ContentType { get => throw Missing(); set => throw Missing(); }

    public string MessageId { get => throw Missing(); set => throw Missing(); }

    public string SessionId { get => throw Missing(); set => throw Missing(); }

    public string Subject { get => throw Missing(); set => throw Missing(); }
}

public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage() => throw Missing();

    public IReadOnlyDictionary<string, object> ApplicationProperties => throw Missing();

    public BinaryData Body => throw Missing();

    public string DeadLetterErrorDescription => throw Missing();

    public string DeadLetterReason => throw Missing();

    public int DeliveryCount => throw Missing();

    public DateTimeOffset EnqueuedTime => throw Missing();

    public string MessageId => throw Missing();

    public long SequenceNumber => throw Missing();

    public string SessionId => throw Missing();

    public string Subject => throw Missing();
}

public class ServiceBusReceiverOptions
{
    public ServiceBusReceiverOptions() => throw Missing();

    public SubQueue SubQueue { get => throw Missing(); set => throw Missing(); }
}

public enum SubQueue
{
    None = 0,
    DeadLetter = 1,
    TransferDeadLetter = 2,
}

public class ServiceBusReceiver : IAsyncDisposable
{
    protected ServiceBusReceiver() => throw Missing();

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify = null, CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) => throw Missing();

    public virtual ValueTask DisposeAsync() => throw Missing();
}

public class ServiceBusSessionProcessorOptions
{
    public ServiceBusSessionProcessorOptions() => throw Missing();

    public bool AutoCompleteMessages { get => throw Missing(); set => throw Missing(); }

    public TimeSpan MaxAutoLockRenewalDuration { get => throw Missing(); set => throw Missing(); }

    public int MaxConcurrentCallsPerSession { get => throw Missing(); set => throw Missing(); }

    public int MaxConcurrentSessions { get => throw Missing(); set => throw Missing(); }

    public TimeSpan? SessionIdleTimeout { get => throw Missing(); set => throw Missing(); }
}

public class ServiceBusSessionProcessor : IAsyncDisposable
{
    protected ServiceBusSessionProcessor() => throw Missing();

    public event Func<ProcessErrorEventArgs, Task> ProcessErrorAsync { add => throw Missing(); remove => throw Missing(); }

    public event Func<ProcessSessionMessageEventArgs, Task> ProcessMessageAsync { add => throw Missing(); remove => throw Missing(); }

    public virtual Task StartProcessingAsync(CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task StopProcessingAsync(CancellationToken cancellationToken = default) => throw Missing();

    public ValueTask DisposeAsync() => throw Missing();
}

public class ProcessSessionMessageEventArgs : EventArgs
{
    internal ProcessSessionMessageEventArgs() => throw Missing();

    public event Func<SessionLockLostEventArgs, Task> SessionLockLostAsync { add => throw Missing(); remove => throw Missing(); }

    public CancellationToken CancellationToken => throw Missing();

    public ServiceBusReceivedMessage Message => throw Missing();

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object> propertiesToModify = null, CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => throw Missing();

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, string deadLetterReason, string deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        throw Missing();

    public virtual void ReleaseSession() => throw Missing();
}

public class SessionLockLostEventArgs : EventArgs
{
    internal SessionLockLostEventArgs() => throw Missing();

    public Exception Exception => throw Missing();
}

public sealed class ProcessErrorEventArgs : EventArgs
{
    internal ProcessErrorEventArgs() => throw Missing();

    public ServiceBusErrorSource ErrorSource => throw Missing();

    public Exception Exception => throw Missing();
}

public enum ServiceBusErrorSource
{
    Complete = 0,
    Abandon = 1,
    ProcessMessageCallback = 2,
    Receive = 3,
    RenewLock = 4,
    AcceptSession = 5,
    CloseSession = 6,
}

public class ServiceBusException : Exception
{
    internal ServiceBusException(string message)
        : base(message)
    {
    }

    public bool IsTransient => throw Missing();
}
