using Voice.Core.Text;

namespace Voice.Core.Turns;

/// <summary>
/// Is the turn over? <c>server_vad</c> waits for the pause that was asked for and a little longer where the words so far ask for more;
/// <c>semantic_vad</c> by how finished the words look, how the voice ended, and how long this speaker has paused before going on.
/// One per session. Allocates only where the words have changed. Under the conversation's gate.
/// </summary>
internal sealed class Endpointing
{
    /// <summary>Shorter ones are consonants and breaths.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(160);

    private readonly PauseHabit _habit = new();
    private TimeSpan _lastSilence;
    private string _partial = string.Empty;
    private string _language = string.Empty;
    private Completeness _completeness = Completeness.Open;

    /// <summary>Of the words last asked about.</summary>
    public Completeness Completeness => _completeness;

    /// <summary>
    /// Asked at every frame while the user has the turn, voiced or not: a silence that becomes shorter again was a pause within the turn,
    /// and is learnt.
    /// </summary>
    /// <param name="silence">Since the last voice.</param>
    /// <param name="partial">What was understood of the turn so far; empty before the first words.</param>
    public bool IsOver(TimeSpan silence, string partial, string language, TurnDetection settings, EndOfVoice ending = default)
    {
        if (silence < _lastSilence)
        {
            Resumed(_lastSilence);
        }

        _lastSilence = silence;
        return silence > TimeSpan.Zero && silence >= Wait(partial, language, settings, ending);
    }

    /// <summary>The pause that would end the turn now.</summary>
    public TimeSpan Wait(string partial, string language, TurnDetection settings, EndOfVoice ending = default)
    {
        Grade(partial, language);
        if (settings.Eagerness is { } eagerness)
        {
            return SemanticWait.For(eagerness, _completeness, partial.Length > 0, ending, _habit);
        }

        return _completeness == Completeness.Unfinished ? settings.SilenceDuration + settings.UnfinishedExtension : settings.SilenceDuration;
    }

    /// <summary>The turn was decided, or given up: the next silence belongs to another.</summary>
    public void TurnEnded() => _lastSilence = TimeSpan.Zero;

    /// <summary>The user went on after a pause that was, or nearly was, taken for the end: <see cref="IsOver"/> was wrong by that much.</summary>
    public void Resumed(TimeSpan pause)
    {
        if (pause >= ShortestPause)
        {
            _habit.Add(pause);
        }
    }

    /// <summary>The longest wait there is with these settings, whatever is said.</summary>
    public static TimeSpan LongestWait(TurnDetection settings) =>
        settings.Eagerness is { } eagerness ? SemanticWait.Longest(eagerness) : settings.SilenceDuration + settings.UnfinishedExtension;

    private void Grade(string partial, string language)
    {
        if (!ReferenceEquals(partial, _partial) || !ReferenceEquals(language, _language))
        {
            if (partial != _partial || language != _language)
            {
                _completeness = UtteranceCompleteness.Of(partial, language);
            }

            (_partial, _language) = (partial, language);
        }
    }
}
