using System.Buffers.Binary;
using Voice.Core.Audio;
using Voice.Core.Providers;

namespace Voice.Api.Realtime;

/// <summary>
/// Reply audio of one content part in the format the client asked for when it began. With a stream number it goes out as binary messages,
/// whose layout is in docs/specs/realtime.md. Not thread-safe; the bytes it gives are good until the next call.
/// </summary>
internal sealed class OutputAudio(AudioFormat format, ushort? stream)
{
    public const int HeaderLength = 12;
    private const byte Version = 1;

    private readonly StreamingResampler? _resampler =
        format.Rate == ISpeechSynthesizer.SampleRate ? null : new StreamingResampler(ISpeechSynthesizer.SampleRate, format.Rate);

    private short[] _samples = [];
    private byte[] _bytes = [];
    private uint _position;

    public AudioFormat Format => format;

    public ushort? Stream => stream;

    public ReadOnlyMemory<byte> Convert(ReadOnlyMemory<byte> pcm)
    {
        if (_resampler is null)
        {
            return pcm;
        }

        var input = Pcm16.Samples(pcm.Span);
        Reserve(_resampler.MaxOutput(input.Length));
        return Encode(_resampler.Process(input, _samples));
    }

    /// <summary>The end of the message: what the filter still holds.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        if (_resampler is null)
        {
            return default;
        }

        Reserve(_resampler.MaxFlush);
        return Encode(_resampler.Flush(_samples));
    }

    /// <param name="number">Of this message among the server's events.</param>
    /// <param name="length">Of the audio that follows the header, in bytes.</param>
    public void WriteHeader(Span<byte> header, long number, int length)
    {
        header[0] = Version;
        header[1] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], stream ?? 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)number);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], _position);
        _position += (uint)(length / format.BytesPerSample);
    }

    private ReadOnlyMemory<byte> Encode(int count)
    {
        var samples = _samples.AsSpan(0, count);
        if (format.Encoding == AudioEncoding.Pcm)
        {
            Pcm16.Bytes(samples).CopyTo(_bytes);
        }
        else
        {
            format.Encode(samples, _bytes);
        }

        return _bytes.AsMemory(0, count * format.BytesPerSample);
    }

    private void Reserve(int length)
    {
        if (_samples.Length < length)
        {
            _samples = new short[length];
            _bytes = new byte[length * sizeof(short)];
        }
    }
}
