namespace Voice.Offline.Servers;

/// <summary>
/// Who runs the server. PostgreSQL refuses to be root, so root runs it as the package's own user or, where that user cannot reach the
/// folder or does not exist, as nobody in particular in a user namespace, in which root's files stay its own.
/// </summary>
internal sealed class PostgresAccount
{
    private readonly string _folder;
    private readonly string? _user;
    private readonly bool _isRoot = Environment.IsPrivilegedProcess;

    private PostgresAccount(string folder, string? user) => (_folder, _user) = (folder, user);

    public string Cluster => Path.Combine(_folder, "cluster");

    public string PasswordFile => Path.Combine(_folder, "password");

    public static PostgresAccount For(string folder)
    {
        var hasUser = File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));
        return new PostgresAccount(folder, Environment.IsPrivilegedProcess && hasUser && EveryoneReaches(folder) ? "postgres" : null);
    }

    public ChildProcessOptions Run(string program, UnixSignal deathSignal, Action<string>? onLine, IReadOnlyList<string> arguments) => new()
    {
        FileName = program,
        Arguments = arguments,
        User = _user,
        OwnUserNamespace = _isRoot && _user is null,
        DeathSignal = deathSignal,
        OnLine = onLine,
        Environment = new Dictionary<string, string?> { ["LC_ALL"] = "C.UTF-8" },
    };

    /// <summary>Gives the files to whoever will run the server: the folder may have been moved or last used under another account.</summary>
    public async Task OwnAsync(CancellationToken cancellationToken)
    {
        if (!_isRoot)
        {
            return;
        }

        var owner = _user ?? "root";
        await using var chown = await ChildProcess.StartAsync(
            new ChildProcessOptions { FileName = Executables.Require("chown", "coreutils"), Arguments = ["-R", $"{owner}:", _folder] }, cancellationToken);
        if (await chown.Exited.WaitAsync(cancellationToken) != 0)
        {
            throw new ServerException($"Cannot give {_folder} to {owner}: {string.Join(' ', chown.Tail)}");
        }
    }

    private static bool EveryoneReaches(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (!File.GetUnixFileMode(parent).HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
