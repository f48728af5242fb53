using System.Collections.Concurrent;
using Npgsql;

namespace Voice.Api.Agents;

/// <summary>
/// Gives an organization the agents that everybody begins with, the first time that it asks for any. Not by an event when it is founded: whoever
/// has just signed up opens the page to talk at that moment, and finds somebody there.
/// </summary>
internal sealed class StarterAgents(NpgsqlDataSource database)
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, bool> _given = new(StringComparer.Ordinal);

    public async ValueTask EnsureAsync(string organizationId, CancellationToken cancellationToken)
    {
        if (_given.ContainsKey(organizationId))
        {
            return;
        }

        // One statement: of two first requests the second waits until the agents of the first are there. Usually there is nothing to write.
        await using var command = database.CreateCommand(
            """
            with new as (
                insert into voice.starter_organizations (organization_id)
                select $1 where not exists (select from voice.starter_organizations where organization_id = $1)
                on conflict do nothing
                returning organization_id)
            insert into voice.agents (organization_id, id, name, description, mode, language, target_language, instructions, greeting, voice, models, knowledge, updated_at)
            select new.organization_id, s.id, s.name, s.description, s.mode, s.language, s.target_language, s.instructions, s.greeting, s.voice, s.models, s.knowledge, s.updated_at
            from new, voice.starter_agents s
            on conflict do nothing
            """);
        command.Parameters.Add(new() { Value = organizationId });
        await command.ExecuteNonQueryAsync(cancellationToken);
        if (_given.Count >= Capacity)
        {
            _given.Clear();
        }

        _given[organizationId] = true;
    }
}
