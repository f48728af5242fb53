namespace Voice.Core.Conversations;

/// <summary>A response from its creation to its end, and after that for as long as it may still be playing.</summary>
internal sealed class ActiveResponse(string id, Turn? turn, bool audio, ResponseRequest request, PlaybackClock clock)
{
    private volatile bool _active = true;
    private volatile bool _muted;

    public string Id { get; } = id;

    public Turn? Turn { get; } = turn;

    public bool Audio { get; } = audio;

    public ResponseRequest Request { get; } = request;

    /// <summary>The assistant's message; null before its first words.</summary>
    public string? ItemId { get; set; }

    public List<string> Clauses { get; } = [];

    public PlaybackLedger Ledger { get; } = new(clock);

    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>Still being made; once this is false nothing is added.</summary>
    public bool Active => _active;

    /// <summary>Audio that waits to be sent is dropped. Read without the gate by the send loop.</summary>
    public bool Muted => _muted;

    public int InputTokens { get; set; }

    /// <summary>Nothing of it was heard, and its turn will be answered again or recorded without an answer.</summary>
    public bool SetAside { get; set; }

    /// <summary>Set when the user spoke over it: what had played until then.</summary>
    public TimeSpan? Heard { get; set; }

    /// <summary>The response before, which may still be playing when this one begins.</summary>
    public PlaybackLedger? After { get; init; }

    public TimeSpan PlaysAfter => After?.Remaining ?? TimeSpan.Zero;

    public Task Running { get; set; } = Task.CompletedTask;

    public string Text => string.Join(' ', Clauses);

    public void End() => _active = false;

    public void Mute() => _muted = true;
}
