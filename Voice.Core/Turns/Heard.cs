namespace Voice.Core.Turns;

/// <summary>What was understood of a turn so far.</summary>
/// <param name="Words">Empty before the first.</param>
/// <param name="Since">How long ago they changed last.</param>
/// <param name="Asked">A word or two may be all: they were asked for.</param>
internal readonly record struct Heard(string Words, string Language, TimeSpan Since, bool Asked = false);
