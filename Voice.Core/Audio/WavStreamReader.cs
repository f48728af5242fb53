namespace Voice.Core.Audio;

/// <summary>A WAV stream, read as it arrives: nothing is asked of its length, and memory is that of one read. Not thread-safe; the stream stays its owner's.</summary>
public sealed class WavStreamReader
{
    private const int MaxHeader = 4 * 1024 * 1024;
    private const int Chunk = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _buffer;
    private int _from;
    private int _to;
    private long _left;

    private WavStreamReader(Stream stream, WavHeader header, byte[] buffer, int length)
    {
        (_stream, Header, _buffer, _from, _to) = (stream, header, buffer, header.DataOffset, length);
        _left = header.DataLength;
    }

    public WavHeader Header { get; }

    /// <summary>Bytes of the file that have been read.</summary>
    public long Position { get; private set; }

    /// <exception cref="WavFormatException">No WAV, cut off before the samples, or an encoding that is not read.</exception>
    public static async ValueTask<WavStreamReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (WavHeader.TryParse(buffer.AsSpan(0, length), whole: read == 0, out var header))
            {
                return new WavStreamReader(stream, header, buffer, length) { Position = length };
            }

            if (length == buffer.Length)
            {
                // Grows by what has come, not by what a chunk claims.
                Array.Resize(ref buffer, length < MaxHeader ? 2 * length : throw new WavFormatException($"The WAV file has no samples in its first {MaxHeader / 1024 / 1024} MB."));
            }
        }
    }

    /// <returns>Samples that were read, of whole blocks; 0 at the end.</returns>
    /// <param name="samples">Room for one block (a sample of each channel) at least.</param>
    public async ValueTask<int> ReadAsync(Memory<short> samples, CancellationToken cancellationToken)
    {
        var block = Header.BlockAlign;
        while (_to - _from < block)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
            var read = _left < block ? 0 : await _stream.ReadAsync(_buffer.AsMemory(_to), cancellationToken);
            if (read == 0)
            {
                return Position > Header.DataOffset || Header.DataLength is 0 or long.MaxValue
                    ? 0
                    : throw new WavFormatException($"The WAV file ends at byte {Position}, before its samples: {Header.DataLength} bytes are announced and none are there.");
            }

            _to += read;
            Position += read;
        }

        var blocks = (int)Math.Min(Math.Min((_to - _from) / block, samples.Length / Header.Channels), _left / block);
        WavReader.Decode(_buffer.AsSpan(_from, blocks * block), Header, samples.Span[..(blocks * Header.Channels)]);
        _from += blocks * block;
        _left -= blocks * block;
        return blocks * Header.Channels;
    }
}
