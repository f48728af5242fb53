namespace Voice.Api.Agents;

internal sealed record KnowledgeEntry(string Title, string Text);
