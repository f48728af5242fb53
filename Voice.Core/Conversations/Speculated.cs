namespace Voice.Core.Conversations;

/// <summary>What was made of a turn's reply before the turn was known to be over.</summary>
/// <param name="Started">Calls of the model.</param>
/// <param name="Used">The last of them became the reply.</param>
public readonly record struct Speculated(int Started, bool Used);
