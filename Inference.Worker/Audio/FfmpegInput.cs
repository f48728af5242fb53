namespace Voice.Inference.Audio;

/// <summary>ffmpeg and the task that feeds it: ended together.</summary>
internal sealed class FfmpegInput : IAsyncDisposable
{
    private readonly FfmpegProcess _process;
    private readonly string _name;
    private readonly TimeSpan _stall;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly FileStream? _kept;
    private readonly Task _feeding;

    /// <param name="kept">The file, where ffmpeg reads it itself.</param>
    /// <param name="source">The file, where it is fed; read until its end or until this is disposed.</param>
    public FfmpegInput(string name, FfmpegProcess process, FileStream? kept, Stream? source, TimeSpan stall, TimeProvider time)
    {
        (_name, _process, _kept, _stall, _time) = (name, process, kept, stall, time);
        _feeding = source is null ? Task.CompletedTask : FeedAsync(source);
    }

    public Stream Output => _process.Output;

    /// <summary>A file of ours without a name, so that nothing is left of it whoever dies: only its descriptor leads to it.</summary>
    public static async Task<FileStream> KeepAsync(Stream source, long largest, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"voice-{Guid.NewGuid():n}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(path, options);
        try
        {
            File.Delete(path);
            var buffer = new byte[64 * 1024];
            while (await source.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                if (file.Length > largest)
                {
                    throw new AudioFormatException($"The file is larger than {largest / 1024 / 1024} MB, which is the most of this format that is read here.");
                }
            }

            await file.FlushAsync(cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public static string PathOf(FileStream kept) => $"file:/proc/{Environment.ProcessId}/fd/{kept.SafeFileHandle.DangerousGetHandle()}";

    /// <exception cref="AudioFormatException">Nothing came for too long.</exception>
    public async ValueTask<int> WithinAsync(Func<CancellationToken, ValueTask<int>> read, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_stall, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await read(stop.Token);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AudioFormatException($"The {_name} file takes too long to decode.", failure);
        }
    }

    /// <summary>After the last of the output. What the source itself failed with, and what ffmpeg says is wrong with the file, is thrown here.</summary>
    public async Task EndAsync(long frames, TimeSpan decoded, CancellationToken cancellationToken)
    {
        var reason = await _process.ReasonAsync(cancellationToken);
        if (reason is not null || frames == 0)
        {
            // What it failed at may be that the upload broke off, which is its own error.
            await _feeding.WaitAsync(cancellationToken);
            var where = frames == 0 ? "no audio could be read from it" : FormattableString.Invariant($"no more than {decoded.TotalSeconds:0.0} s of audio could be read from it");
            throw new AudioFormatException($"The {_name} file is damaged: {where}{(reason is null ? "" : $" ({reason})")}.");
        }

        await _feeding.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _process.DisposeAsync();
        await _feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_kept is not null)
        {
            await _kept.DisposeAsync();
        }

        _closing.Dispose();
    }

    private async Task FeedAsync(Stream source)
    {
        var buffer = new byte[64 * 1024];
        while (await source.ReadAsync(buffer, _closing.Token) is > 0 and var read)
        {
            try
            {
                await _process.Input.WriteAsync(buffer.AsMemory(0, read), _closing.Token);
            }
            catch (IOException)
            {
                // It has seen enough: its output says what.
                return;
            }
        }

        try
        {
            await _process.Input.DisposeAsync();
        }
        catch (IOException)
        {
            // As above.
        }
    }
}
