namespace Voice.Core.Turns;

/// <summary>What was understood of a turn so far.</summary>
/// <param name="Words">Empty before the first.</param>
/// <param name="Since">How long ago they changed last.</param>
internal readonly record struct Heard(string Words, string Language, TimeSpan Since);
