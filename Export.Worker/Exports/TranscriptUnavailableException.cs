namespace Voice.Export.Exports;

/// <summary>The delivery has to be tried again later.</summary>
internal sealed class TranscriptUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
