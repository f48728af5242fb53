using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Voice.Inference.Audio;

/// <summary>One run of ffmpeg, between two pipes whose size bounds what waits in them. Disposed, it is killed.</summary>
internal sealed partial class FfmpegProcess : IAsyncDisposable
{
    private const int LongestReason = 200;

    private readonly Process _process;
    private readonly Action _ended;
    private readonly Task<string> _errors;
    private int _disposed;

    private FfmpegProcess(Process process, Action ended)
    {
        (_process, _ended) = (process, ended);
        (Input, Output) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        _errors = ReadErrorsAsync(process.StandardError.BaseStream);
    }

    /// <summary>To be closed by who writes. Writing fails with an <see cref="IOException"/> once the process reads no more.</summary>
    public Stream Input { get; }

    public Stream Output { get; }

    /// <param name="ended">Called once, when the process is gone.</param>
    public static FfmpegProcess Start(IReadOnlyList<string> arguments, Action ended)
    {
        var start = new ProcessStartInfo("prlimit") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // No configuration of the worker, above all no key.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return new FfmpegProcess(Process.Start(start)!, ended);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new AudioFormatException("This server cannot start its decoder (prlimit is not installed); send WAV.", failure);
        }
    }

    /// <summary>After the output has been read to its end: null where all went well, or what ffmpeg says of it, safe to show.</summary>
    public async Task<string?> ReasonAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0 ? null : Reason(await _errors.WaitAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        await _errors;
        _process.Dispose();
        _ended();
    }

    /// <summary>[flac @ 0x55dfb75ee940] invalid sync code -> "invalid sync code"; nothing of it that is not plain text.</summary>
    internal static string Reason(string errors)
    {
        var line = errors.Split('\n').Select(line => Where().Replace(line, "").Trim()).FirstOrDefault(line => line.Length > 0);
        if (line is null)
        {
            return "its decoder was stopped, because it asks for more time or memory than a file may";
        }

        var plain = new string([.. line.Where(c => c is >= ' ' and <= '~')]);
        return plain.Length > LongestReason ? plain[..LongestReason] : plain;
    }

    /// <summary>The first of what it says; the rest is read, so that it can go on, and forgotten.</summary>
    private static async Task<string> ReadErrorsAsync(Stream errors)
    {
        var kept = new byte[2_048];
        var length = 0;
        var buffer = new byte[2_048];
        try
        {
            while (await errors.ReadAsync(buffer) is > 0 and var read)
            {
                var take = Math.Min(read, kept.Length - length);
                buffer.AsSpan(0, take).CopyTo(kept.AsSpan(length));
                length += take;
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // What was said until then is kept.
        }

        return Encoding.Latin1.GetString(kept, 0, length);
    }

    // "[mov,mp4,m4a,3gp,3g2,mj2 @ 0x5566]", the name of the input, and where it was.
    [GeneratedRegex(@"\[[^\]]*@ 0x[0-9a-f]+\]|pipe:0:|file:/proc/[0-9]+/fd/[0-9]+:")]
    private static partial Regex Where();
}
