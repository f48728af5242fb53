using System.Diagnostics;

namespace Voice.Style.Tests;

/// <summary>A file of the repository: one that git knows, or would add.</summary>
internal sealed record SourceFile(string Path)
{
    public static IReadOnlyList<SourceFile> All { get; } = List();

    public static IEnumerable<SourceFile> CSharp => All.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    public string Name => System.IO.Path.GetFileName(Path);

    public string Text { get; } = Read(Path);

    public int Lines => Text.AsSpan().Count('\n');

    private static string Read(string path)
    {
        var full = System.IO.Path.Combine(TestData.RepositoryRoot, path);
        return File.Exists(full) ? File.ReadAllText(full) : "";
    }

    private static List<SourceFile> List()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = TestData.RepositoryRoot,
            RedirectStandardOutput = true,
        })!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. files.Select(path => new SourceFile(path)).Where(file => file.Text != "" && !file.Text.Contains('\0', StringComparison.Ordinal))];
    }
}
