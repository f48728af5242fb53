namespace Voice.Bench.Load;

/// <summary>Where clients connect.</summary>
/// <param name="Address"><c>http</c>, on this machine, with path and query.</param>
/// <param name="Token">Sent as a bearer token.</param>
internal sealed record LoadTarget(Uri Address, string? Token);
