namespace Voice.Bench.Running;

/// <summary>A benchmark could not be measured; the message says what is missing or went wrong, in one line.</summary>
internal sealed class BenchmarkException(string message, Exception? innerException = null) : Exception(message, innerException);
