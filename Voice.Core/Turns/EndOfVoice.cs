namespace Voice.Core.Turns;

/// <summary>How the voice sounded just before it stopped; what was not measured is 0.</summary>
/// <param name="PitchFall">Semitones that the pitch fell over the last voiced stretch; negative where it rose.</param>
/// <param name="LevelFall">Decibels that the last voiced frames lay under the stretch before them.</param>
internal readonly record struct EndOfVoice(float PitchFall, float LevelFall);
