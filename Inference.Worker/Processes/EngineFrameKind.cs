namespace Voice.Inference.Processes;

internal enum EngineFrameKind : byte
{
    /// <summary>To a decoder: <c>DecoderStart</c> as JSON; begins a call. Answered by <see cref="Ready"/>.</summary>
    Start = 1,

    /// <summary>To a decoder: 16-bit little-endian mono PCM at 16 kHz.</summary>
    Audio = 2,

    /// <summary>To a decoder: ends the utterance. Answered by <see cref="Final"/>.</summary>
    Commit = 3,

    /// <summary>To a decoder: forgets the utterance.</summary>
    Clear = 4,

    /// <summary>To a speaker: <c>FliteRequest</c> as JSON. Answered by <see cref="Speech"/> frames and one <see cref="Done"/>.</summary>
    Speak = 5,

    /// <summary>From an engine: initialised, or ready for audio after <see cref="Start"/>.</summary>
    Ready = 16,

    /// <summary>From a decoder: <c>DecoderPartial</c>, the hypothesis so far.</summary>
    Partial = 17,

    /// <summary>From a decoder: <c>DecoderResult</c> as JSON.</summary>
    Final = 18,

    /// <summary>From a speaker: 32-bit sample rate, then 16-bit little-endian mono PCM.</summary>
    Speech = 19,

    /// <summary>From a speaker: the request is complete.</summary>
    Done = 20,
}
