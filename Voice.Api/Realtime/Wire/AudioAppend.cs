using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary>
/// The one client event that comes fifty times a second, <c>{"type":"input_audio_buffer.append","audio":"..."}</c>, read without
/// allocation. Not thread-safe: the bytes it gives are good until the next call.
/// </summary>
internal sealed class AudioAppend
{
    public const int MaxAudio = 15 * 1024 * 1024;
    private const int UsualAudio = 16 * 1024;

    // Made when audio comes, as large as that client's messages need: most sessions wait most of the time.
    private byte[] _pcm = [];
    private int _length;

    public ReadOnlySpan<byte> Pcm => _pcm.AsSpan(0, _length);

    /// <returns>False where the message is another event, or none at all.</returns>
    /// <exception cref="ProtocolException">It is an append whose audio cannot be used.</exception>
    public bool TryRead(ReadOnlySpan<byte> json)
    {
        if (_pcm.Length > UsualAudio * 16)
        {
            _pcm = [];
        }

        var reader = new Utf8JsonReader(json);
        bool? append = null;
        var audio = AudioResult.Missing;
        _length = 0;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var type = reader.ValueTextEquals("type"u8);
                var sound = reader.ValueTextEquals("audio"u8);
                reader.Read();
                if (type)
                {
                    append = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("input_audio_buffer.append"u8);
                    if (append == false)
                    {
                        return false;
                    }
                }
                else if (sound)
                {
                    audio = Decode(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            // The end of the object must also be the end of the message.
            if (append != true || reader.TokenType != JsonTokenType.EndObject || reader.Read())
            {
                return false;
            }
        }
        catch (JsonException)
        {
            // Told as invalid JSON by whoever parses the message in full.
            return false;
        }

        return audio switch
        {
            AudioResult.Good => true,
            AudioResult.Missing => throw new ProtocolException("missing_required_parameter", "Missing required parameter: 'audio'.", "audio"),
            AudioResult.TooLarge => throw new ProtocolException("audio_too_large", "One append takes at most 15 MiB of audio.", "audio"),
            _ => throw new ProtocolException("invalid_audio", "'audio' must be base64 of audio bytes.", "audio"),
        };
    }

    private AudioResult Decode(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return AudioResult.Garbage;
        }

        if (Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length) > MaxAudio + 2)
        {
            return AudioResult.TooLarge;
        }

        var needed = Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length);
        if (_pcm.Length < needed)
        {
            _pcm = new byte[BitOperations.RoundUpToPowerOf2((uint)needed)];
        }

        if (!reader.ValueIsEscaped)
        {
            return Base64.DecodeFromUtf8(reader.ValueSpan, _pcm, out _, out _length) == OperationStatus.Done ? AudioResult.Good : AudioResult.Garbage;
        }

        // Some encoders write "\/" for "/".
        var plain = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var length = reader.CopyString(plain);
        var done = Base64.DecodeFromUtf8(plain.AsSpan(0, length), _pcm, out _, out _length) == OperationStatus.Done;
        ArrayPool<byte>.Shared.Return(plain);
        return done ? AudioResult.Good : AudioResult.Garbage;
    }

    private enum AudioResult
    {
        Missing,
        Good,
        Garbage,
        TooLarge,
    }
}
