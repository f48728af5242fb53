namespace Voice.Inference.Transcription;

internal sealed partial class SphinxTranscription
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A decoder was lost; decoding {Milliseconds} ms of the utterance again")]
        public static partial void Recovering(ILogger logger, int milliseconds);

        [LoggerMessage(2, LogLevel.Error, "A transcription stream ended")]
        public static partial void PumpFailed(ILogger logger, Exception failure);
    }
}
