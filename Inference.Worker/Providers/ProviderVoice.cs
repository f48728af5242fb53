namespace Voice.Inference.Providers;

/// <param name="Id">What requests name.</param>
/// <param name="Languages">BCP-47, at least one.</param>
/// <param name="Gender"><c>female</c>, <c>male</c>, <c>neutral</c>, or null where the service does not say.</param>
internal sealed record ProviderVoice(string Id, string Name, IReadOnlyList<string> Languages, string? Gender = null);
