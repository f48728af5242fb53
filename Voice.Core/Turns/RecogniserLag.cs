namespace Voice.Core.Turns;

/// <summary>
/// How far this session's recogniser is behind the voice: the last words of a pause came so long after it began. Until that has passed and
/// nothing new has come, the newest words may not be the last. In one number, learnt quickly upwards and slowly down.
/// </summary>
internal sealed class RecogniserLag
{
    /// <summary>Assumed of one that nothing is known about: final words within 350 ms are what a streaming recogniser needs.</summary>
    private const double First = 400;
    private const double Least = 200;
    private const double Most = 800;

    /// <summary>On top of what was seen: no two words are equally late.</summary>
    private const double Margin = 60;

    private double _lag = First;
    private double _latest;

    public TimeSpan Bound => TimeSpan.FromMilliseconds(_lag);

    /// <summary>Words came this long after the voice had stopped.</summary>
    public void Arrived(TimeSpan silence) => _latest = silence.TotalMilliseconds;

    /// <summary>The pause is over.</summary>
    public void PauseEnded(TimeSpan pause)
    {
        if (_latest > 0 || pause >= Bound)
        {
            var seen = Math.Clamp(_latest + Margin, Least, Most);
            _lag += (seen > _lag ? 1 : 0.2) * (seen - _lag);
        }

        _latest = 0;
    }

    /// <summary>Words of the turn came after it was taken for over.</summary>
    public void Missed() => _lag = Math.Min(Most, 1.25 * _lag);
}
