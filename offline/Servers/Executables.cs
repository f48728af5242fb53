namespace Voice.Offline.Servers;

/// <summary>Finds programs on this machine.</summary>
public static class Executables
{
    // Debian keeps servers where an ordinary user's PATH does not look.
    private static readonly string[] AlsoIn = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(AlsoIn)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    public static string Require(string name, string package) =>
        Find(name) ?? throw new ServerException($"{name} is not on this machine. Install it: apt-get install {package}");
}
