namespace Voice.Core.Replies;

/// <summary>Words of a reply that were checked and not sent yet.</summary>
internal sealed record UnsentClause(string Text, string Language);
