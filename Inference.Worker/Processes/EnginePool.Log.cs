namespace Voice.Inference.Processes;

internal abstract partial class EnginePool
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Engine {Engine} started as process {ProcessId} in {Milliseconds} ms")]
        public static partial void Started(ILogger logger, string engine, int processId, double milliseconds);

        [LoggerMessage(2, LogLevel.Error, "Engine {Engine} does not start; next try in {BackOff}")]
        public static partial void StartFailed(ILogger logger, string engine, TimeSpan backOff, Exception failure);

        [LoggerMessage(3, LogLevel.Warning, "Engine {Engine}, process {ProcessId}, died or hung and is replaced")]
        public static partial void Replaced(ILogger logger, string engine, int processId);

        [LoggerMessage(4, LogLevel.Warning, "All {Max} processes of engine {Engine} are taken; a caller was refused")]
        public static partial void Saturated(ILogger logger, string engine, int max);
    }
}
