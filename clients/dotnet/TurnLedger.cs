namespace Voice.Client;

/// <summary>Puts turns together from the events that tell of them. Not thread-safe.</summary>
internal sealed class TurnLedger(MicrophoneClock microphone, TimeProvider time)
{
    private readonly Dictionary<string, long> _firstAudio = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Measured> _measured = new(StringComparer.Ordinal);
    private readonly List<ConversationTurn> _turns = [];

    /// <summary>In the order they were completed.</summary>
    public IReadOnlyList<ConversationTurn> Turns => _turns;

    public void ReplyAudio(string responseId, long receivedAt) => _firstAudio.TryAdd(responseId, receivedAt);

    /// <summary>
    /// <c>{"type":"voiceaspire.latency","turn_id","response_id","speech_end_ms":2140,"stages":{...},"voice_to_voice":512}</c>
    /// </summary>
    public void Latency(RealtimeEvent latency)
    {
        if (latency.Text("turn_id") is not { } turnId)
        {
            return;
        }

        double? voiceToVoice = null;
        if (latency.Number("speech_end_ms") is { } speechEnd && microphone.SentAt(speechEnd) is { } sent
            && latency.Text("response_id") is { } responseId && _firstAudio.TryGetValue(responseId, out var heard))
        {
            voiceToVoice = time.GetElapsedTime(sent, heard).TotalMilliseconds;
        }

        _measured[turnId] = new(voiceToVoice, latency.Numbers("stages"));
    }

    /// <summary><c>{"type":"voiceaspire.turn","turn_id","sequence","transcript","confidence","reply","latency_ms":{...}}</c></summary>
    public void Turn(RealtimeEvent turn)
    {
        if (turn.Text("turn_id") is not { } turnId)
        {
            return;
        }

        var measured = _measured.GetValueOrDefault(turnId);
        var latencies = new Dictionary<string, double>(measured?.Stages ?? new Dictionary<string, double>(), StringComparer.Ordinal);
        foreach (var (stage, ms) in turn.Numbers("latency_ms"))
        {
            latencies[stage] = ms;
        }

        double? server = latencies.Remove("voice_to_voice", out var ofServer) ? ofServer : null;
        _turns.Add(new ConversationTurn(
            turnId,
            (int)(turn.Number("sequence") ?? _turns.Count + 1),
            turn.Text("transcript") ?? "",
            turn.Number("confidence"),
            turn.Text("reply") ?? "",
            latencies,
            measured?.VoiceToVoiceMs,
            server));
    }

    private sealed record Measured(double? VoiceToVoiceMs, IReadOnlyDictionary<string, double> Stages);
}
