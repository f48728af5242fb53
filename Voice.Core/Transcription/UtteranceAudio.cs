using System.Buffers;

namespace Voice.Core.Transcription;

/// <summary>
/// Audio of one utterance that the transcriber has not answered yet, kept to be sent again to a new stream. Holds
/// <see cref="Capacity"/> at most: of a longer utterance the oldest audio is lost (and only if the stream breaks).
/// Arrays are rented; <see cref="Dispose"/> gives them back. Used by one task at a time.
/// </summary>
internal sealed class UtteranceAudio : IDisposable
{
    /// <summary>30 s of 16-bit audio at 16 kHz.</summary>
    public const int Capacity = 30 * 16_000 * 2;

    private readonly Queue<(byte[] Array, int Length)> _blocks = new();
    private int _length;

    public string? Id { get; set; }

    /// <summary>How often this utterance was sent to a stream.</summary>
    public int Attempts { get; set; } = 1;

    public IEnumerable<ReadOnlyMemory<byte>> Blocks => _blocks.Select(block => (ReadOnlyMemory<byte>)block.Array.AsMemory(0, block.Length));

    /// <param name="array">Rented from the shared pool; this object's from here on.</param>
    public void Add(byte[] array, int length)
    {
        _blocks.Enqueue((array, length));
        _length += length;
        while (_length > Capacity && _blocks.TryDequeue(out var oldest))
        {
            _length -= oldest.Length;
            ArrayPool<byte>.Shared.Return(oldest.Array);
        }
    }

    public void Dispose()
    {
        while (_blocks.TryDequeue(out var block))
        {
            ArrayPool<byte>.Shared.Return(block.Array);
        }

        _length = 0;
    }
}
