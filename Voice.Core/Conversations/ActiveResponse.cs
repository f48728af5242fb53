namespace Voice.Core.Conversations;

/// <summary>A response from its creation to its end, and after that for as long as it may still be playing.</summary>
internal sealed class ActiveResponse(string id, Turn? turn, bool audio, ResponseRequest request, PlaybackClock clock)
{
    private volatile bool _active = true;
    private volatile bool _muted;

    public string Id { get; } = id;

    /// <summary>What it answers; known late where it was begun before the turn was over.</summary>
    public Turn? Turn { get; set; } = turn;

    public bool Audio { get; } = audio;

    public ResponseRequest Request { get; } = request;

    /// <summary>Beside the conversation: adds nothing to it, and is not played by the engine's reckoning.</summary>
    public bool OutOfBand => Request.OutOfBand;

    public List<OutputItem> Output { get; } = [];

    /// <summary>The message that words are added to; null before the first of them, and after a tool was called.</summary>
    public OutputItem? Message => Output.Count > 0 && Output[^1] is { Done: false, Message: not null } open ? open : null;

    public PlaybackLedger Ledger { get; } = new(clock);

    /// <summary>What makes and sends it.</summary>
    public required ReplyRun Run { get; init; }

    /// <summary>The interrupted message that this response goes on with.</summary>
    public string? Continues { get; init; }

    /// <summary>Still being made; once this is false nothing is added.</summary>
    public bool Active => _active;

    /// <summary>Audio that waits to be sent is dropped. Read without the gate by the send loop.</summary>
    public bool Muted => _muted;

    /// <summary>What the model's calls took.</summary>
    public UsageTally Model { get; } = new();

    /// <summary>Of <see cref="MaxOutputTokens"/>: what was heard of the response that this one goes on with.</summary>
    public int SpentTokens { get; init; }

    /// <summary>Nothing of it was heard, and its turn will be answered again or recorded without an answer.</summary>
    public bool SetAside { get; set; }

    /// <summary>Set when the user spoke over it: what had played until then.</summary>
    public TimeSpan? Heard { get; set; }

    /// <summary>It was interrupted, and may have to go on.</summary>
    public bool Suspended { get; set; }

    /// <summary>The response before, which may still be playing when this one begins.</summary>
    public PlaybackLedger? After { get; init; }

    public TimeSpan PlaysAfter => After?.Remaining ?? TimeSpan.Zero;

    public string Text => string.Join(' ', Output.SelectMany(item => item.Clauses));

    /// <summary>What the user heard of it; all of it where nobody interrupted.</summary>
    public string Reply => Heard is { } heard ? Ledger.TextUntil(heard) : Text;

    /// <summary>Estimated, of what was made so far.</summary>
    public int OutputTextTokens => ResponseUsage.TextTokens(Text) + UnsaidTokens + CallTokens;

    /// <summary>Of words that were written and not said, because the limit came first.</summary>
    public int UnsaidTokens { get; set; }

    private int CallTokens => Output.Sum(output => output.Item switch
    {
        ConversationItem.FunctionCall call => ResponseUsage.TextTokens(call.Name) + ResponseUsage.TextTokens(call.Arguments),
        ConversationItem.ServerToolCall call => ResponseUsage.TextTokens(call.Name) + ResponseUsage.TextTokens(call.Arguments),
        _ => 0,
    });

    /// <summary>Estimated, of what was heard by then; the rest is made again.</summary>
    public int TokensUntil(TimeSpan heard) => ResponseUsage.TextTokens(Ledger.TextUntil(heard)) + CallTokens + ResponseUsage.AudioTokens(heard);

    public int? MaxOutputTokens { get; init; }

    public string? Voice { get; init; }

    /// <summary>Calls that wait for the client.</summary>
    public bool AwaitsClient => Output.Any(output => output.Item is ConversationItem.FunctionCall { Status: ItemStatus.Completed });

    public OutputItem? Find(string itemId) => Output.Find(output => output.Item.Id == itemId);

    public void End() => _active = false;

    public void Mute() => _muted = true;
}
