namespace Voice.Core.Conversations;

/// <summary>What one call of the model took, as its provider counts; null what it does not say.</summary>
public sealed record ModelUsage(int? Input, int? CachedInput, int? Output);
