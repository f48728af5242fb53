namespace Voice.Api.Tests.Support;

internal static class AgentRows
{
    /// <summary>An agent that one organization alone has; everybody has the starters.</summary>
    public static async Task AddAgentAsync(this TestDatabase database, string organizationId, string id)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            insert into voice.agents (organization_id, id, name, description, mode, language, instructions)
            values ($1, $2, $2, '', 'agent', 'en', 'Be brief.') on conflict do nothing
            """);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync();
    }
}
