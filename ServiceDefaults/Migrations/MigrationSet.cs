using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Voice.ServiceDefaults.Migrations;

/// <summary>
/// The migrations of one owner in one schema. A schema may have several: the service's own and those that the messaging adds to it,
/// numbered independently.
/// </summary>
internal sealed partial record MigrationSet(string Schema, string Owner, IReadOnlyList<Migration> Migrations)
{
    /// <summary>The <c>Migrations/NNN_name.sql</c> resources of an assembly, all or those below one of its namespaces.</summary>
    public static MigrationSet FromAssembly(string schema, string owner, Assembly assembly, string? resourcePrefix = null)
    {
        if (!SchemaName().IsMatch(schema))
        {
            throw new ArgumentException($"'{schema}' is no schema name.", nameof(schema));
        }

        var migrations = new SortedDictionary<int, Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => resourcePrefix is null || name.StartsWith(resourcePrefix, StringComparison.Ordinal)))
        {
            if (ResourceName().Match(resource) is not { Success: true } match)
            {
                continue;
            }

            var number = int.Parse(match.Groups["number"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            if (!migrations.TryAdd(number, Read(assembly, resource, number, match.Groups["name"].Value)))
            {
                throw new InvalidOperationException($"{assembly.GetName().Name} has two migrations with the number {number:000} for schema {schema}.");
            }
        }

        return new MigrationSet(schema, owner, [.. migrations.Values]);
    }

    private static Migration Read(Assembly assembly, string resource, int number, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        return new Migration(number, name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
    }

    [GeneratedRegex(@"\.Migrations\.(?<number>\d{3})_(?<name>[a-z0-9_]+)\.sql$")]
    private static partial Regex ResourceName();

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,50}$")]
    private static partial Regex SchemaName();
}
