namespace Voice.Gateway.Audit;

/// <summary>The first thing that is wrong with a chain.</summary>
/// <param name="Kind">For programs: <c>changed</c>, <c>missing</c>, <c>reordered</c>, <c>truncated</c>, <c>foreign</c>, <c>signature</c> or <c>unreadable</c>.</param>
internal sealed record AuditFault(string Kind, string Message);
