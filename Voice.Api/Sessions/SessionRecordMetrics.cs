using System.Diagnostics.Metrics;

namespace Voice.Api.Sessions;

/// <summary>Whether the record of conversations keeps up.</summary>
internal sealed class SessionRecordMetrics
{
    public const string MeterName = "Voice.Api.Sessions";

    private static readonly KeyValuePair<string, object?> Database = new("store", "database");
    private static readonly KeyValuePair<string, object?> Blobs = new("store", "blobs");

    private readonly Counter<long> _retries;
    private readonly Counter<long> _refusedTurns;
    private readonly Counter<double> _droppedAudio;
    private readonly Counter<long> _orphans;

    public SessionRecordMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _retries = meter.CreateCounter<long>("voice_record_retries", null, "Writes of turns, recordings and ends that failed and were tried again, by store.");
        _refusedTurns = meter.CreateCounter<long>("voice_record_refused_turns", null, "Turns that the database refused for good.");
        _droppedAudio = meter.CreateCounter<double>("voice_recording_dropped_seconds", null, "Audio that became silence because Blob Storage was away for too long, or that came too late.");
        _orphans = meter.CreateCounter<long>("voice_sessions_orphaned", null, "Sessions ended by the sweeper because their server was lost.");
    }

    public void DatabaseRetried() => _retries.Add(1, Database);

    public void BlobsRetried() => _retries.Add(1, Blobs);

    public void TurnRefused() => _refusedTurns.Add(1);

    public void AudioDropped(TimeSpan length) => _droppedAudio.Add(length.TotalSeconds);

    public void Orphaned() => _orphans.Add(1);
}
