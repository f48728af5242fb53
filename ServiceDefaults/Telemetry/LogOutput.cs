using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Voice.ServiceDefaults.Telemetry;

/// <summary>
/// Lines on their way to standard output. Whoever logs puts a line into memory and goes on; one thread writes what came together, a hundred times a second at most,
/// and what matters (a warning and worse) at once. Where nobody takes the output, memory is bounded: then lines are lost, and a line says how many.
/// </summary>
internal sealed class LogOutput : IDisposable
{
    /// <summary>Ten thousand lines, a second of a busy gateway.</summary>
    public const int Capacity = 4 * 1024 * 1024;

    /// <summary>Room that only what matters may take.</summary>
    public const int Reserve = 1024 * 1024;

    private const int Kept = 256 * 1024;
    private const int Enough = 64 * 1024;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    // A lock that threads can wait at for each other, which the newer kind cannot.
    private readonly object _gate = new();
    private readonly Stream _output;
    private readonly Func<long, byte[]> _lostLine;
    private readonly Thread _writer;

    private byte[] _filling = new byte[Kept];
    private byte[] _writing = new byte[Kept];
    private int _length;
    private long _lost;
    private bool _hurry;
    private bool _ending;

    public LogOutput(IHostEnvironment environment, TimeProvider time)
        : this(Console.OpenStandardOutput(), environment, time)
    {
    }

    internal LogOutput(Stream output, IHostEnvironment environment, TimeProvider time)
    {
        var (service, category) = (JsonLogLine.Encoded(environment.ApplicationName), JsonLogLine.Encoded(typeof(LogOutput).FullName!));
        _output = output;
        _lostLine = lost => JsonLogLine.Write(
            time.GetUtcNow(), LogLevel.Warning, service, category, "LinesLost", $"{lost} lines of the log were lost: nobody took what was written.",
            new[] { KeyValuePair.Create<string, object?>("lost", lost) }, null, null).ToArray();
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "log output" };
        _writer.Start();
        AppDomain.CurrentDomain.ProcessExit += AtExit;
    }

    /// <param name="matters">Is written at once, and where there is no more room for others.</param>
    public void Write(ReadOnlySpan<byte> line, bool matters)
    {
        lock (_gate)
        {
            if (_length + line.Length > (matters ? Capacity + Reserve : Capacity))
            {
                _lost++;
                return;
            }

            if (_ending && !_writer.IsAlive)
            {
                WriteLast(line);
                return;
            }

            if (_length + line.Length > _filling.Length)
            {
                Array.Resize(ref _filling, Math.Max(2 * _filling.Length, _length + line.Length));
            }

            line.CopyTo(_filling.AsSpan(_length));
            var (first, full) = (_length == 0, _length < Enough && _length + line.Length >= Enough);
            _length += line.Length;
            _hurry |= matters || full;
            if (first || _hurry)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Writes what is there, for as long as somebody takes it.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= AtExit;
        lock (_gate)
        {
            _ending = true;
            Monitor.Pulse(_gate);
        }

        _writer.Join(EndLimit);
    }

    private void AtExit(object? sender, EventArgs e) => Dispose();

    private void WriteAll()
    {
        while (Take(out var length, out var lost))
        {
            try
            {
                _output.Write(_writing.AsSpan(0, length));
                if (lost > 0)
                {
                    _output.Write(_lostLine(lost));
                }

                _output.Flush();
            }
            catch (IOException)
            {
                // A file on a full disk, say. The service goes on, and says what was lost once it can.
                lock (_gate)
                {
                    if (_ending)
                    {
                        return;
                    }

                    _lost += lost + _writing.AsSpan(0, length).Count((byte)'\n');
                    Monitor.Wait(_gate, Pause);
                }
            }
        }
    }

    /// <summary>The last words of a process, after its services were disposed of.</summary>
    private void WriteLast(ReadOnlySpan<byte> line)
    {
        try
        {
            _output.Write(line);
        }
        catch (IOException)
        {
            // Nobody is left to be told.
        }
    }

    /// <summary>Waits for lines, and a moment more for others to come along; false at the end.</summary>
    private bool Take(out int length, out long lost)
    {
        lock (_gate)
        {
            while (_length == 0 && _lost == 0 && !_ending)
            {
                Monitor.Wait(_gate);
            }

            if (!_hurry && !_ending)
            {
                Monitor.Wait(_gate, Together);
            }

            (_filling, _writing) = (_writing.Length > Kept ? new byte[Kept] : _writing, _filling);
            (length, lost, _length, _lost, _hurry) = (_length, _lost, 0, 0, false);
            return length > 0 || lost > 0;
        }
    }
}
