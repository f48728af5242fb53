using System.Diagnostics.Metrics;

namespace Voice.Api.SpeechCache;

internal sealed class SpeechCacheMetrics
{
    public const string MeterName = "Voice.Api.SpeechCache";

    private readonly Counter<long> _used;

    public SpeechCacheMetrics(IMeterFactory meters) =>
        _used = meters.Create(MeterName).CreateCounter<long>("voice_speech_cache", null, "Clauses looked up in and written to the cache of speech, by result.");

    /// <param name="result"><c>memory</c>, <c>redis</c>, <c>miss</c>, <c>late</c>, <c>stored</c> or <c>dropped</c>.</param>
    public void Used(string result) => _used.Add(1, new KeyValuePair<string, object?>("result", result));
}
