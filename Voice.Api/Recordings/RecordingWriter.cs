using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Voice.Api.Recordings;

/// <summary>
/// Writes a recording as it grows: the new audio as a block, the header again with the new length, then the list of blocks with the header
/// first (docs/decisions/0005). The blob is a playable WAV after every commit. One caller at a time.
/// </summary>
internal sealed class RecordingWriter(BlockBlobClient blob, RecordingBuffer buffer, TimeSpan interval, TimeProvider time)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly string HeaderId = BlockId("header", 0);
    private static readonly BlobHttpHeaders Headers = new() { ContentType = RecordingFormat.ContentType };

    private readonly byte[] _block = new byte[RecordingFormat.Samples(interval) * RecordingFormat.FrameBytes];
    private readonly List<string> _blocks = [HeaderId];
    private int _pending;
    private bool _uncommitted;

    public long AudioBytes { get; private set; }

    /// <summary>Writes what has been recorded. After an exception a later call goes on where this one failed; nothing is lost in between.</summary>
    /// <returns>Whether the blob changed.</returns>
    public async Task<bool> WriteAsync(bool toTheEnd, CancellationToken cancellationToken)
    {
        bool more;
        do
        {
            _pending = _pending > 0 ? _pending : buffer.Take(_block, toTheEnd);
            more = _pending == _block.Length;
            if (_pending > 0)
            {
                await StageAsync(BlockId("audio", _blocks.Count), _block.AsMemory(0, _pending), cancellationToken);
                _blocks.Add(BlockId("audio", _blocks.Count));
                AudioBytes += _pending;
                _pending = 0;
                _uncommitted = true;
            }
        }
        while (more);

        if (!_uncommitted)
        {
            return false;
        }

        await CommitAsync(cancellationToken);
        _uncommitted = false;
        return true;
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        var header = new byte[RecordingFormat.HeaderBytes];
        RecordingFormat.WriteHeader(header, AudioBytes);
        await StageAsync(HeaderId, header, cancellationToken);
        using var timeout = new CancellationTokenSource(CallTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { HttpHeaders = Headers }, linked.Token);
    }

    private async Task StageAsync(string id, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(CallTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var stream = BinaryData.FromBytes(content).ToStream();
        await blob.StageBlockAsync(id, stream, cancellationToken: linked.Token);
    }

    // Ids of one blob have one length.
    private static string BlockId(string kind, int number) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"{kind,-6}{number:D8}"));
}
