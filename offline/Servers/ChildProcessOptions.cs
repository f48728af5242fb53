namespace Voice.Offline.Servers;

public sealed class ChildProcessOptions
{
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Added to this process's environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string WorkingDirectory { get; init; } = "/";

    /// <summary>What the kernel sends the child when this process is gone, whatever ended it.</summary>
    public UnixSignal DeathSignal { get; init; } = UnixSignal.Kill;

    /// <summary>Run as this unprivileged user (this process is root).</summary>
    public string? User { get; init; }

    /// <summary>Run as a user without rights in a user namespace of its own, which still owns what root owns here (this process is root).</summary>
    public bool OwnUserNamespace { get; init; }

    /// <summary>Called for each line of standard output and error, one at a time per stream. The child waits while it runs.</summary>
    public Action<string>? OnLine { get; init; }
}
