namespace Voice.Core.Conversations;

/// <summary>
/// Replies that ended, and what was heard of each: memory, record and recording keep no more than that. Of the last the audio is at hand, in
/// case they go on; of the others only which word lies where. Under the conversation's gate.
/// </summary>
internal sealed class SpokenReplies(ConversationContext context)
{
    /// <summary>Of older ones nothing can still be playing.</summary>
    private const int MostRecent = 8;

    private readonly List<ActiveResponse> _recent = [];

    /// <summary>As many as the conversation has items at most.</summary>
    private readonly OrderedDictionary<string, (Reply Reply, int Index)> _older = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<ActiveResponse> Recent => _recent;

    public void Add(ActiveResponse response)
    {
        _recent.Insert(0, response);
        if (_recent.Count <= MostRecent)
        {
            return;
        }

        var reply = Reply.Of(_recent[MostRecent]);
        _recent.RemoveAt(MostRecent);
        reply.Ledger.Shrink();
        for (var index = 0; reply.Audio && index < reply.Messages.Length; index++)
        {
            _older[reply.Messages[index].ItemId] = (reply, index);
        }

        while (_older.Count > ConversationHistory.Capacity)
        {
            _older.RemoveAt(0);
        }
    }

    /// <summary>Audio of replies that were heard is not needed again.</summary>
    public void ForgetPlayed() => _recent.FindAll(response => !response.Suspended && response.Ledger.Remaining == TimeSpan.Zero).ForEach(response => response.Ledger.ForgetAudio());

    /// <summary>The client says how much was heard.</summary>
    /// <param name="current">The reply that runs.</param>
    /// <returns>Null when it is so; otherwise what is wrong with it.</returns>
    public (string Code, string Reason, string Param)? Truncate(ActiveResponse? current, string itemId, TimeSpan heard)
    {
        var response = _recent.Append(current).FirstOrDefault(one => one?.Find(itemId) is not null);
        var (reply, index) = response is not null && Reply.Of(response) is var recent ? (recent, Array.FindIndex(recent.Messages, message => message.ItemId == itemId))
            : _older.GetValueOrDefault(itemId);
        if (reply is not { Audio: true } || index < 0)
        {
            return ("unsupported_content_type", "Only model output audio messages can be truncated.", "item_id");
        }

        var message = reply.Messages[index];
        if (heard > message.End - message.Start)
        {
            return ("invalid_value", $"Audio content of {(long)(message.End - message.Start).TotalMilliseconds}ms is already shorter than {(long)heard.TotalMilliseconds}ms", "audio_end_ms");
        }

        if (response is null)
        {
            CutMessages(reply, message.Start + heard);
        }
        else
        {
            // What was placed after it in the recording is a later reply's, which was heard.
            Cut(response, message.Start + heard, recording: _recent.Prepend(current).FirstOrDefault(one => one is { Ledger.Started: true }) == response);
        }

        return null;
    }

    /// <summary>Memory, record and recording keep what was heard.</summary>
    public void Cut(ActiveResponse response, TimeSpan heard, bool recording = true)
    {
        CutMessages(Reply.Of(response), heard);
        if (response.Turn is { Recorded: false } turn)
        {
            turn.SayFrom(response.Id, response.Ledger.TextUntil(heard));
        }

        if (!response.Active)
        {
            response.Heard = heard;
            response.Ledger.Stop();
        }

        if (recording && response.Ledger.Started)
        {
            context.Events.Write(new ConversationEvent.PlaybackCut(response.Ledger.ClockOf(heard)));
        }
    }

    private void CutMessages(Reply reply, TimeSpan heard)
    {
        foreach (var message in reply.Messages)
        {
            var text = reply.Ledger.TextUntil(heard < message.End ? heard : message.End, message.Start);
            if (context.History.Find(message.ItemId) is ConversationItem.Message item && (heard < message.End || text != item.Text))
            {
                context.History.Replace(item.WithText(text, ItemStatus.Incomplete));
            }
        }
    }

    /// <param name="Messages">Where each begins and ends in the audio of the reply.</param>
    private sealed record Reply(PlaybackLedger Ledger, bool Audio, (string ItemId, TimeSpan Start, TimeSpan End)[] Messages)
    {
        public static Reply Of(ActiveResponse response)
        {
            OutputItem[] messages = [.. response.Output.Where(output => output.Message is not null)];
            return new Reply(
                response.Ledger, response.Audio,
                [.. messages.Select((output, index) => (output.Item.Id, output.StartsAt, index + 1 < messages.Length ? messages[index + 1].StartsAt : response.Ledger.Sent))]);
        }
    }
}
