using Voice.Core.Text;

namespace Voice.Core.Turns;

/// <summary>
/// Is the turn over? <c>server_vad</c> waits for the pause that was asked for and a little longer where the words so far ask for more;
/// <c>semantic_vad</c> by how finished the words look, whether all of them are in, how the voice ended, and how long this speaker has paused
/// at such words before going on. One per session. Allocates only where the words have changed. Under the conversation's gate.
/// </summary>
internal sealed class Endpointing
{
    /// <summary>Shorter ones are consonants and breaths.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(160);

    /// <summary>Voice after the newest words that is too long to have been their last sound: there are words that nobody understood.</summary>
    private static readonly TimeSpan Unheard = TimeSpan.FromMilliseconds(900);

    // By completeness: who searches for a word after "I would like a" does not therefore pause after a whole sentence.
    private readonly PauseHabit[] _habits = [new(), new(), new(), new()];
    private readonly RecogniserLag _lag = new();
    private TimeSpan _lastSilence;
    private string _partial = string.Empty;
    private string _language = string.Empty;
    private Completeness _completeness = Completeness.Open;
    private Completeness _ended = Completeness.Open;
    private bool _short;

    /// <summary>Of the words last asked about.</summary>
    public Completeness Completeness => _completeness;

    /// <summary>
    /// Asked at every frame while the user has the turn, voiced or not: a silence that becomes shorter again was a pause within the turn,
    /// and is learnt.
    /// </summary>
    /// <param name="silence">Since the last voice.</param>
    public bool IsOver(TimeSpan silence, in Heard heard, TurnDetection settings, EndOfVoice ending = default)
    {
        if (silence < _lastSilence)
        {
            Resumed(_lastSilence, _completeness);
            _lag.PauseEnded(_lastSilence);
        }

        _lastSilence = silence;
        return silence > TimeSpan.Zero && silence >= Wait(silence, heard, settings, ending);
    }

    /// <summary>The pause that would end the turn now.</summary>
    public TimeSpan Wait(TimeSpan silence, in Heard heard, TurnDetection settings, EndOfVoice ending = default)
    {
        Grade(heard.Words, heard.Language);
        if (settings.Eagerness is not { } eagerness)
        {
            return _completeness == Completeness.Unfinished ? settings.SilenceDuration + settings.UnfinishedExtension : settings.SilenceDuration;
        }

        // Voice that nobody understood may have said anything.
        var missing = heard.Words.Length == 0 || heard.Since - silence > Unheard;
        var completeness = missing && _completeness > Completeness.Open ? Completeness.Open : _completeness;
        var wait = SemanticWait.For(eagerness, completeness, heard.Asked && !missing && _short, ending, _habits[(int)completeness]);
        return AllIn(silence, heard) || wait > _lag.Bound ? wait : _lag.Bound;
    }

    /// <summary>Whether no more words are to be expected of the voice that has been heard: some came after it, or it is too long ago.</summary>
    public bool AllIn(TimeSpan silence, in Heard heard) => heard.Since <= silence || silence >= _lag.Bound;

    /// <summary>Other words than before, so long after the last voice.</summary>
    public void WordsArrived(TimeSpan silence)
    {
        if (silence > TimeSpan.Zero)
        {
            _lag.Arrived(silence);
        }
    }

    /// <summary>The turn was taken for over before its last words were in.</summary>
    public void WordsMissed() => _lag.Missed();

    /// <summary>The turn was decided, or given up: the next silence belongs to another.</summary>
    public void TurnEnded()
    {
        _lag.PauseEnded(_lastSilence);
        (_lastSilence, _ended) = (TimeSpan.Zero, _completeness);
    }

    /// <summary>The turn before was no turn: its speaker went on after a pause that was taken for the end.</summary>
    public void WasCutOff(TimeSpan pause) => Resumed(pause, _ended);

    /// <summary>The longest wait there is with these settings, whatever is said.</summary>
    public static TimeSpan LongestWait(TurnDetection settings) =>
        settings.Eagerness is { } eagerness ? SemanticWait.Longest(eagerness) : settings.SilenceDuration + settings.UnfinishedExtension;

    private void Resumed(TimeSpan pause, Completeness after)
    {
        if (pause >= ShortestPause)
        {
            _habits[(int)after].Add(pause);
        }
    }

    private void Grade(string partial, string language)
    {
        if (!ReferenceEquals(partial, _partial) || !ReferenceEquals(language, _language))
        {
            if (partial != _partial || language != _language)
            {
                _completeness = UtteranceCompleteness.Of(partial, language);
                _short = OpenQuestion.MayBeAnswered(partial);
            }

            (_partial, _language) = (partial, language);
        }
    }
}
