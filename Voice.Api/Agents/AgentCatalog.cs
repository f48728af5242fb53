namespace Voice.Api.Agents;

internal sealed class AgentCatalog
{
    public Task<AgentDefinition?> FindAsync(string organizationId, string idOrName, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
