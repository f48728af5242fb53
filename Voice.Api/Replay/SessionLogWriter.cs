using System.Buffers;
using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Voice.Core.Replay;

namespace Voice.Api.Replay;

/// <summary>
/// Writes a session's log as the call goes, in blocks. Callers only copy. Bounded: what Blob Storage does not take in time, or a session that
/// grows too long, ends the log, and its last entry says so.
/// </summary>
internal sealed partial class SessionLogWriter : ISessionLogSink, IAsyncDisposable
{
    private const int MaxWaiting = 4 * 1024 * 1024;

    /// <summary>An hour of audio at 24 kHz is 165 MiB.</summary>
    private const long MaxLength = 256 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    /// <summary>A session's end does not wait longer for its log; what it had not stored by then is missing, and the log says so by having no end.</summary>
    private static readonly TimeSpan LastLimit = TimeSpan.FromSeconds(3);

    private static readonly BlobHttpHeaders Headers = new() { ContentType = SessionLogStore.ContentType };

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly List<string> _blocks = [];
    private readonly BlockBlobClient _blob;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;
    private ArrayBufferWriter<byte> _waiting = new();
    private ArrayBufferWriter<byte> _writing = new();
    private long _length;
    private bool _ended;

    public SessionLogWriter(BlockBlobClient blob, TimeProvider time, ILogger logger)
    {
        (_blob, _time, _logger) = (blob, time, logger);
        _running = RunAsync(_closing.Token);
    }

    public void Write(ReadOnlySpan<byte> entry)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            if (_waiting.WrittenCount + entry.Length > MaxWaiting || _length + entry.Length > MaxLength)
            {
                _ended = true;
                entry = SessionLog.LostEntry(entry);
            }

            _waiting.Write(entry);
            _length += entry.Length;
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
            {
                return;
            }

            _closing.Cancel();
        }

        await _running;
        using var limit = new CancellationTokenSource(LastLimit, _time);
        // What a failed call left, and what came since.
        await TryFlushAsync(limit.Token);
        await TryFlushAsync(limit.Token);
    }

    private async Task RunAsync(CancellationToken closing)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(closing))
            {
                using var limit = new CancellationTokenSource(CallLimit, _time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, closing);
                await TryFlushAsync(either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The rest is written by whoever closes.
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // What could not be written before is tried again, by itself: its block is as long as it was.
            if (_writing.WrittenCount == 0)
            {
                (_waiting, _writing) = (_writing, _waiting);
            }
        }

        if (_writing.WrittenCount == 0)
        {
            return;
        }

        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is Azure.RequestFailedException or OperationCanceledException or AggregateException)
        {
            Log.NotWritten(_logger, _blob.Name, exception);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes($"log{_blocks.Count:D8}"));
        using var content = BinaryData.FromBytes(_writing.WrittenMemory).ToStream();
        await _blob.StageBlockAsync(id, content, cancellationToken: cancellationToken);
        await _blob.CommitBlockListAsync([.. _blocks, id], new CommitBlockListOptions { HttpHeaders = Headers }, cancellationToken);
        _blocks.Add(id);
        _writing = new ArrayBufferWriter<byte>();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The session log {Blob} could not be written; it is tried again while there is room")]
        public static partial void NotWritten(ILogger logger, string blob, Exception exception);
    }
}
