using System.Globalization;

namespace Voice.Offline.Servers;

/// <summary>The PostgreSQL server programs of this machine, the newest version when there are several.</summary>
internal sealed record PostgresInstallation(string Folder)
{
    public string Server => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>Debian installs each major version in a folder of its own, which is on nobody's PATH; elsewhere it may be.</summary>
    public static PostgresInstallation Find()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => Major(Path.GetFileName(folder))).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return versions.Append(Path.GetDirectoryName(Executables.Find("postgres")) ?? "")
            .Where(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")))
            .Select(folder => new PostgresInstallation(folder))
            .FirstOrDefault()
            ?? throw new ServerException("PostgreSQL is not on this machine. Install it: apt-get install postgresql");
    }

    /// <summary>A cluster belongs to one major version; PostgreSQL's own message for that does not say what to do.</summary>
    public void EnsureCanRun(string cluster)
    {
        var made = Major(File.ReadAllText(Path.Combine(cluster, "PG_VERSION")));
        var parent = Path.GetFileName(Path.GetDirectoryName(Folder)!);
        if (Major(parent) is > 0 and var here && here != made)
        {
            throw new ServerException(
                $"The data in {cluster} was made by PostgreSQL {made}, this machine has {here}. Install postgresql-{made}, or forget the data: ./run.sh reset");
        }
    }

    private static int Major(string? version) => int.TryParse(version?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;
}
