using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Voice.Inference.Pipelines.Documents;

namespace Voice.Inference.Pipelines.Seeds;

/// <summary>Gives an organization the pipelines that everybody begins with, the first time that it asks for any; those it deletes stay away.</summary>
internal sealed class StarterPipelines(NpgsqlDataSource database)
{
    private const int Capacity = 10_000;
    private const string Prefix = "pipeline-seeds.";

    private static readonly Lazy<IReadOnlyList<(string Id, string Name, string? Description, string Document)>> Seeds = new(Read);

    private readonly ConcurrentDictionary<string, bool> _given = new(StringComparer.Ordinal);

    public async ValueTask EnsureAsync(string organizationId, CancellationToken cancellationToken)
    {
        if (_given.ContainsKey(organizationId))
        {
            return;
        }

        var seeds = Seeds.Value;
        await using var command = database.CreateCommand(
            """
            with new as (insert into inference.pipeline_starters (organization_id) values ($1) on conflict do nothing returning organization_id),
            seeds as (select new.organization_id, s.id, s.name, s.description, s.document from new, unnest($2, $3, $4, $5) as s (id, name, description, document)),
            versions as (
                insert into inference.pipeline_versions (organization_id, pipeline_id, version, document, created_by)
                select organization_id, id, 1, document, 'platform' from seeds on conflict do nothing)
            insert into inference.pipelines (organization_id, id, name, description, version)
            select organization_id, id, name, description, 1 from seeds on conflict do nothing
            """);
        command.Parameters.Add(new() { Value = organizationId });
        command.Parameters.Add(new() { Value = seeds.Select(seed => seed.Id).ToArray() });
        command.Parameters.Add(new() { Value = seeds.Select(seed => seed.Name).ToArray() });
        command.Parameters.Add(new() { Value = seeds.Select(seed => seed.Description).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = seeds.Select(seed => seed.Document).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellationToken);
        if (_given.Count >= Capacity)
        {
            _given.Clear();
        }

        _given[organizationId] = true;
    }

    private static List<(string, string, string?, string)> Read()
    {
        var assembly = typeof(StarterPipelines).Assembly;
        List<(string, string, string?, string)> seeds = [];
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = reader.ReadToEnd();
            var (document, problems) = DocumentReader.Read(JsonNode.Parse(text));
            seeds.Add(document is null
                ? throw new InvalidOperationException($"{resource}: {problems[0].Field}: {problems[0].Message}")
                : (resource[Prefix.Length..^".json".Length], document.Name, document.Description, text));
        }

        return seeds;
    }
}
