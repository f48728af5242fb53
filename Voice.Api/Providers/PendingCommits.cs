namespace Voice.Api.Providers;

/// <summary>
/// Which utterance an answer belongs to. The worker acknowledges commits in order with an item id of its own (<see cref="Name"/>) and later
/// answers under that id. Thread-safe: commits are sent by one side and answered on the other.
/// </summary>
internal sealed class PendingCommits
{
    private readonly Lock _gate = new();
    private readonly List<(string UtteranceId, string? ItemId)> _pending = [];

    public void Add(string utteranceId)
    {
        lock (_gate)
        {
            _pending.Add((utteranceId, null));
        }
    }

    /// <summary>The oldest commit without an item id has this one.</summary>
    public void Name(string? itemId)
    {
        lock (_gate)
        {
            var index = _pending.FindIndex(p => p.ItemId is null);
            if (index >= 0)
            {
                _pending[index] = (_pending[index].UtteranceId, itemId);
            }
        }
    }

    /// <summary>The utterance behind an item id; the oldest where a server sent no acknowledgement. Null where nothing waits.</summary>
    public string? Take(string? itemId)
    {
        lock (_gate)
        {
            var index = _pending.FindIndex(p => p.ItemId == itemId);
            if (index < 0)
            {
                index = _pending.FindIndex(p => p.ItemId is null);
            }

            if (index < 0)
            {
                return null;
            }

            var utteranceId = _pending[index].UtteranceId;
            _pending.RemoveAt(index);
            return utteranceId;
        }
    }

    public bool Remove(string utteranceId)
    {
        lock (_gate)
        {
            return _pending.RemoveAll(p => p.UtteranceId == utteranceId) > 0;
        }
    }
}
