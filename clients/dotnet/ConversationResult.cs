namespace Voice.Client;

/// <summary>What a conversation came to.</summary>
/// <param name="ReplyAudio">What was played: 16-bit little-endian mono PCM at 24 kHz; what an interruption cut is not in it.</param>
/// <param name="Events">Server event type to how often it came.</param>
/// <param name="Errors">Messages of the server's <c>error</c> events.</param>
/// <param name="Interventions">The <c>voiceaspire.safety</c> events that came.</param>
public sealed record ConversationResult(
    string SessionId,
    IReadOnlyList<ConversationTurn> Turns,
    ReadOnlyMemory<byte> ReplyAudio,
    IReadOnlyDictionary<string, int> Events,
    IReadOnlyList<string> Errors,
    IReadOnlyList<RealtimeEvent> Interventions)
{
    public double ReplyAudioSeconds => ReplyAudio.Length / (double)ReplyPlayer.BytesPerSecond;
}

/// <summary>One user turn and its answer.</summary>
/// <param name="Stages">Stage to milliseconds, as the platform measured them.</param>
/// <param name="VoiceToVoiceMs">
/// Measured here: from the moment the last sample of the turn's speech was sent until the first reply audio had arrived. Null where
/// no reply audio came.
/// </param>
/// <param name="ServerVoiceToVoiceMs">The same as the platform saw it.</param>
public sealed record ConversationTurn(
    string Id,
    int Sequence,
    string Transcript,
    double? Confidence,
    string Reply,
    IReadOnlyDictionary<string, double> Stages,
    double? VoiceToVoiceMs,
    double? ServerVoiceToVoiceMs)
{
    /// <summary>As measured here; as the platform saw it where this end was too late to measure (its own frames left behind time).</summary>
    public double? VoiceToVoice => VoiceToVoiceMs ?? ServerVoiceToVoiceMs;
}
