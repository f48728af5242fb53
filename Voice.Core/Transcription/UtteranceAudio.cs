using System.Buffers;

namespace Voice.Core.Transcription;

/// <summary>
/// Audio of one utterance that the transcriber has not answered yet, kept to be sent again to a new stream. Holds
/// <see cref="Capacity"/> at most: of a longer utterance the oldest audio is lost (and only if the stream breaks).
/// Blocks belong to one utterance each; <see cref="Dispose"/> gives them back. Used by one task at a time.
/// </summary>
internal sealed class UtteranceAudio : IDisposable
{
    /// <summary>30 s of 16-bit audio at 16 kHz.</summary>
    public const int Capacity = 30 * 16_000 * 2;

    /// <summary>Half a second.</summary>
    public const int BlockLength = 16 * 1024;

    /// <summary>Keeps 8 MiB for all sessions; the shared pool keeps too few of one size for a hundred people who speak.</summary>
    public static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(BlockLength, 512);

    // Room for all it may hold, so that a frame never makes it grow.
    private readonly Queue<(byte[] Block, int Length)> _full = new((Capacity / BlockLength) + 2);
    private byte[]? _last;
    private int _end;
    private int _length;

    public string? Id { get; set; }

    /// <summary>The longest partial about it.</summary>
    public string Heard { get; private set; } = string.Empty;

    /// <summary>How often this utterance was sent to a stream.</summary>
    public int Attempts { get; set; } = 1;

    /// <summary>In order; the end of each full block that a frame did not fit in is not part of it.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Blocks
    {
        get
        {
            foreach (var (block, length) in _full)
            {
                yield return block.AsMemory(0, length);
            }

            if (_last is not null)
            {
                yield return _last.AsMemory(0, _end);
            }
        }
    }

    public void Hear(string partial) => Heard = partial.Length > Heard.Length ? partial : Heard;

    /// <param name="block">Of <see cref="Pool"/>; this object's from here on, while its writer still fills it.</param>
    public void Add(byte[] block, int start, int length)
    {
        if (block != _last)
        {
            if (_last is not null)
            {
                _full.Enqueue((_last, _end));
            }

            _last = block;
        }

        _end = start + length;
        _length += length;
        while (_length > Capacity && _full.TryDequeue(out var oldest))
        {
            _length -= oldest.Length;
            Pool.Return(oldest.Block);
        }
    }

    public void Dispose()
    {
        while (_full.TryDequeue(out var block))
        {
            Pool.Return(block.Block);
        }

        if (_last is not null)
        {
            Pool.Return(_last);
            _last = null;
        }

        _length = 0;
    }
}
