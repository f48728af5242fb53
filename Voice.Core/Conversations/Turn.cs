using System.Diagnostics;

namespace Voice.Core.Conversations;

/// <summary>One user turn from its end of speech (or its request, where it was typed) to its record. Under the conversation's gate.</summary>
internal sealed class Turn(string id, string itemId, TimeProvider time)
{
    private static readonly ActivitySource Source = new("Voice.Core");

    private readonly List<(string ResponseId, string Text)> _replies = [];

    public string Id { get; } = id;

    public string ItemId { get; } = itemId;

    public int Sequence { get; set; }

    public string Transcript { get; set; } = string.Empty;

    /// <summary>Understood by the time it was taken for over.</summary>
    public string Heard { get; init; } = string.Empty;

    public double? Confidence { get; set; }

    /// <summary>Of all its responses: one that waits for the client's tools is followed by another.</summary>
    public string Reply => string.Join(' ', _replies.Select(reply => reply.Text).Where(text => text.Length > 0));

    public DateTimeOffset StartedAt { get; init; } = time.GetUtcNow();

    public DateTimeOffset CompletedAt { get; set; }

    /// <summary>On the input audio clock.</summary>
    public TimeSpan SpeechEnd { get; init; }

    /// <summary>Null for a typed turn.</summary>
    public TimeSpan? SpeechDuration { get; init; }

    // Timestamps of the time provider.
    public long SpeechEndedAt { get; init; } = time.GetTimestamp();

    public long DecidedAt { get; init; } = time.GetTimestamp();

    public long? TranscribedAt { get; set; }

    public long? FirstTextAt { get; set; }

    public long? FirstAudioAt { get; set; }

    public TimeSpan? Checked { get; set; }

    /// <summary>A response that was asked for before the transcript was there.</summary>
    public ResponseRequest? Requested { get; set; }

    /// <summary>When the utterance began, on the input audio clock.</summary>
    public TimeSpan SpeechStart { get; init; }

    /// <summary>When it was decided to be over, on the same clock.</summary>
    public TimeSpan SpeechStoppedAt { get; init; }

    /// <summary>The client was not told of it: it may be nothing but a cough or a backchannel to a reply.</summary>
    public bool Overheard { get; set; }

    /// <summary>It is not known yet whether it interrupts the reply.</summary>
    public bool Undecided { get; set; }

    /// <summary>Replies that were begun before it was known to be over.</summary>
    public Speculated Speculated { get; set; }

    /// <summary>The client was told of the reply.</summary>
    public bool Answered { get; set; }

    public ITimer? TranscriptTimeout { get; set; }

    public bool Recorded { get; set; }

    /// <summary>Parent of everything that providers do for this turn.</summary>
    public Activity? Activity { get; private set; }

    /// <summary>What a response has said; again, when less of it was heard.</summary>
    public void SayFrom(string responseId, string text)
    {
        var known = _replies.FindIndex(reply => reply.ResponseId == responseId);
        if (known < 0)
        {
            _replies.Add((responseId, text));
        }
        else
        {
            _replies[known] = (responseId, text);
        }
    }

    public void StartActivity(string mode)
    {
        // Not current: this runs in the receive loop, which serves many turns.
        var current = Activity.Current;
        Activity.Current = null;
        Activity = Source.StartActivity("voice.turn", ActivityKind.Internal);
        Activity?.SetTag("voice.turn.id", Id).SetTag("voice.mode", mode);
        Activity.Current = current;
    }

    public void EndActivity(string outcome)
    {
        Activity?.SetTag("voice.turn.outcome", outcome);
        Activity?.Dispose();
        Activity = null;
    }

    public Dictionary<string, double> LatencyMs()
    {
        var stages = new Dictionary<string, double>();
        if (SpeechDuration is not null)
        {
            Add(Stages.Endpointing, SpeechEndedAt, DecidedAt);
            Add(Stages.TranscriptFinal, DecidedAt, TranscribedAt);
        }

        Add(Stages.FirstToken, TranscribedAt, FirstTextAt);
        if (Checked is { } took)
        {
            stages[Stages.Safety] = Math.Round(took.TotalMilliseconds, 3);
        }

        Add(Stages.FirstAudio, FirstTextAt, FirstAudioAt);
        Add(Stages.VoiceToVoice, SpeechEndedAt, FirstAudioAt);
        return stages;

        void Add(string stage, long? from, long? to)
        {
            if (from is { } start && to is { } end)
            {
                stages[stage] = Math.Round(Math.Max(0, time.GetElapsedTime(start, end).TotalMilliseconds), 1);
            }
        }
    }

    public TurnSummary Summary(string language) =>
        new(Id, ItemId, Sequence, Transcript, Confidence, Reply, language, LatencyMs(), StartedAt, CompletedAt) { Speculated = Speculated };
}
