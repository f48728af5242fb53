using System.Collections.Concurrent;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Agents;

/// <summary>The agents of an organization. Another organization's agent does not exist.</summary>
internal sealed class AgentCatalog(NpgsqlDataSource database, StarterAgents starters)
{
    private const string Columns = """
        id, organization_id, name, description, mode, language, target_language, instructions, greeting, voice, models, knowledge, tools, version, conversation
        """;

    private const int MaxShared = 1_024;

    // Read anew for every session, since it may have changed, but kept once: 30 KB of each session were its agent's knowledge.
    private readonly ConcurrentDictionary<(string OrganizationId, string Id), AgentDefinition> _shared = new();

    // $N is what the caller counts as (AgentAccess): null where nothing is kept from it.
    private const string Allowed = """
        ($N::text[] is null
         or not exists (select from voice.agent_access x where x.organization_id = agents.organization_id and x.agent_id = agents.id)
         or exists (select from voice.agent_access x where x.organization_id = agents.organization_id and x.agent_id = agents.id and x.principal = any ($N)))
        """;

    /// <summary>As the caller may use it: an agent that is kept for others does not exist.</summary>
    public Task<AgentDefinition?> FindAsync(Caller caller, string idOrName, CancellationToken cancellationToken) =>
        FindAsync(caller.OrganizationId, idOrName, AgentAccess.PrincipalsOf(caller), cancellationToken);

    /// <summary>By id, or by name without regard to case; the id wins. Whoever it is kept for.</summary>
    public Task<AgentDefinition?> FindAsync(string organizationId, string idOrName, CancellationToken cancellationToken) =>
        FindAsync(organizationId, idOrName, null, cancellationToken);

    private async Task<AgentDefinition?> FindAsync(string organizationId, string idOrName, string[]? principals, CancellationToken cancellationToken)
    {
        // PostgreSQL refuses NUL in text; no agent has one.
        if (idOrName.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        await starters.EnsureAsync(organizationId, cancellationToken);
        await using var command = database.CreateCommand($"""
            select {Columns} from voice.agents where organization_id = $1 and (id = $2 or lower(name) = lower($2))
              and {Allowed.Replace("$N", "$3", StringComparison.Ordinal)}
            order by (id = $2) desc, id limit 1
            """);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = idOrName });
        command.Parameters.Add(new() { Value = principals ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Shared(Read(reader)) : null;
    }

    /// <summary>As it was in this version; what no version of that time knew is as it is now.</summary>
    public async Task<AgentDefinition?> FindVersionAsync(string organizationId, string id, int version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select {Columns} from (
                select (jsonb_populate_record(a, v.definition)).* from voice.agent_versions v
                left join voice.agents a on a.organization_id = v.organization_id and a.id = v.agent_id
                where v.organization_id = $1 and v.agent_id = $2 and v.version = $3) definition
            """);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = version });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    /// <summary>Those that the caller may use, in order of id, after <paramref name="afterId"/>.</summary>
    public async Task<List<AgentDefinition>> ListAsync(Caller caller, string? afterId, int count, CancellationToken cancellationToken)
    {
        await starters.EnsureAsync(caller.OrganizationId, cancellationToken);
        await using var command = database.CreateCommand($"""
            select {Columns} from voice.agents
            where organization_id = $1 and id > $2 and {Allowed.Replace("$N", "$4", StringComparison.Ordinal)} order by id limit $3
            """);
        command.Parameters.Add(new() { Value = caller.OrganizationId });
        command.Parameters.Add(new() { Value = afterId ?? "" });
        command.Parameters.Add(new() { Value = count });
        command.Parameters.Add(new() { Value = AgentAccess.PrincipalsOf(caller) ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var agents = new List<AgentDefinition>(count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            agents.Add(Read(reader));
        }

        return agents;
    }

    /// <summary>Of all organizations, the newest first: for what is made ahead of their conversations.</summary>
    public async Task<List<AgentDefinition>> RecentAsync(int count, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select {Columns} from voice.agents order by updated_at desc, organization_id, id limit $1");
        command.Parameters.Add(new() { Value = count });
        List<AgentDefinition> agents = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            agents.Add(Read(reader));
        }

        return agents;
    }

    /// <summary>The same object for the same version.</summary>
    private AgentDefinition Shared(AgentDefinition read)
    {
        if (_shared.Count >= MaxShared)
        {
            _shared.Clear();
        }

        return _shared.AddOrUpdate((read.OrganizationId, read.Id), read, (_, kept) => kept.Version == read.Version ? kept : read);
    }

    private static AgentDefinition Read(NpgsqlDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.IsDBNull(6) ? null : reader.GetString(6),
        reader.GetString(7),
        reader.GetString(8),
        reader.IsDBNull(9) ? null : reader.GetString(9),
        JsonSerializer.Deserialize(reader.GetString(10), AgentJson.Default.AgentModels) ?? new AgentModels(null, null, null),
        JsonSerializer.Deserialize(reader.GetString(11), AgentJson.Default.IReadOnlyListKnowledgeEntry) ?? [])
    {
        Tools = JsonSerializer.Deserialize(reader.GetString(12), AgentJson.Default.IReadOnlyListAgentTool) ?? [],
        Version = reader.GetInt32(13),
        Conversation = JsonElement.Parse(reader.GetString(14)),
    };
}
