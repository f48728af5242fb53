namespace Voice.Offline.Servers;

/// <summary>A server could not be found or started; the message says what to do.</summary>
public sealed class ServerException(string message, Exception? innerException = null) : Exception(message, innerException);
