namespace Aspire.Hosting.Running;

/// <param name="Properties">The parts under Aspire's names, for <c>NAME_PROPERTY</c> variables.</param>
internal sealed record Connection(string ConnectionString, IReadOnlyDictionary<string, string> Properties);
