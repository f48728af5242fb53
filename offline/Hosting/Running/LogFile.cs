namespace Aspire.Hosting.Running;

/// <summary>Everything that a process writes. Full, it becomes <c>.1</c> and a new one is begun: two of them bound the disk it takes.</summary>
internal sealed class LogFile(string path, long capacity = 16 * 1024 * 1024) : IDisposable
{
    private readonly Lock _gate = new();
    private StreamWriter? _writer;

    public void WriteLine(string line)
    {
        lock (_gate)
        {
            if (_writer?.BaseStream.Position > capacity)
            {
                Dispose();
                File.Move(path, path + ".1", overwrite: true);
            }

            _writer ??= new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
            _writer.WriteLine(line);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }
}
