namespace Voice.Core.Turns;

/// <summary>Whoever goes on right after their turn was taken for over had not finished it: the turn end learns from that. Under the conversation's gate.</summary>
internal sealed class CutOffs(Endpointing endpointing)
{
    /// <summary>Nobody has heard the answer and thought of another question within this.</summary>
    private static readonly TimeSpan SoonAfter = TimeSpan.FromMilliseconds(700);

    private (TimeSpan Voice, TimeSpan Decided)? _last;

    /// <param name="voice">When the voice ended, on the input audio clock.</param>
    public void TurnEnded(TimeSpan voice, TimeSpan decided) => _last = (voice, decided);

    /// <summary>A turn that the client ended, or that may be nothing.</summary>
    public void Forget() => _last = null;

    /// <summary>Speech that is meant.</summary>
    public void Spoke(TimeSpan start)
    {
        if (_last is { } end && start - end.Decided < SoonAfter && start > end.Voice)
        {
            endpointing.WasCutOff(start - end.Voice);
        }

        _last = null;
    }
}
