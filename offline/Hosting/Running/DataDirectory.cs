using System.Globalization;
using System.Text;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Running;

/// <summary>The folder of a run: one run at a time, and nothing left of a run that was killed.</summary>
internal sealed class DataDirectory : IDisposable
{
    /// <summary>Set on every process of a run, and so on whatever they start.</summary>
    public const string Mark = "VOICE_RUN";

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock) => (FullPath, _lock) = (path, @lock);

    public string FullPath { get; }

    public string Logs => Path.Combine(FullPath, "logs");

    public static DataDirectory Open(string path)
    {
        // PostgreSQL's own user must be able to pass through it; what is secret in it has its own mode.
        Directory.CreateDirectory(path, (UnixFileMode)0b111_101_101);
        var directory = new DataDirectory(path, Lock(path));
        directory.EndLeftovers();
        Directory.CreateDirectory(directory.Logs, (UnixFileMode)0b111_000_000);
        return directory;
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            // The kernel lets go of the lock when the process is gone, however it went.
            return new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            throw new DistributedApplicationException(
                $"The platform already runs on {path}{RunFile.Describe(path)}. Stop it there, or start a second copy: ./run.sh --port N --data DIR", e);
        }
    }

    // Children die with their runner; this is for what they in turn had started.
    private void EndLeftovers()
    {
        var mark = $"{Mark}={FullPath}";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != Environment.ProcessId && EnvironmentOf(folder).Contains(mark))
            {
                ProcessSignal.Send(id, UnixSignal.Kill);
            }
        }

        RunFile.Delete(FullPath);
    }

    private static string[] EnvironmentOf(string folder)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "environ"))).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or somebody else's.
            return [];
        }
    }
}
