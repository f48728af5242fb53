using Npgsql;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Agents;

/// <summary>
/// Whom an agent is kept for. Owners and admins are never kept out, they say who is; neither are keys and the client secrets made with them
/// or by members who could use the agent: those act for the organization, within their scopes.
/// </summary>
internal sealed class AgentAccess(NpgsqlDataSource database)
{
    public const int MaxPrincipals = 100;

    /// <summary>What the caller counts as; null where nothing is kept from it.</summary>
    public static string[]? PrincipalsOf(Caller caller) =>
        caller.Kind != "user" || caller.Role is Roles.Owner or Roles.Admin ? null : [$"user:{caller.Subject}", $"role:{caller.Role}"];

    public async Task<IReadOnlyList<string>> ListAsync(string organizationId, string agentId, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select principal from voice.agent_access where organization_id = $1 and agent_id = $2 order by principal");
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = agentId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> principals = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            principals.Add(reader.GetString(0));
        }

        return principals;
    }

    public async Task ReplaceAsync(string organizationId, string agentId, IReadOnlyCollection<string> principals, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("delete from voice.agent_access where organization_id = $1 and agent_id = $2")
        {
            Parameters = { new() { Value = organizationId }, new() { Value = agentId } },
        });
        batch.BatchCommands.Add(new("insert into voice.agent_access (organization_id, agent_id, principal) select $1, $2, unnest($3) on conflict do nothing")
        {
            Parameters = { new() { Value = organizationId }, new() { Value = agentId }, new() { Value = principals.ToArray() } },
        });
        // One transaction: nobody sees the agent open in between.
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
