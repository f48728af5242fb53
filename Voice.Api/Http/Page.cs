namespace Voice.Api.Http;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);
