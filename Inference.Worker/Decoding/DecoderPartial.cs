using System.Buffers.Binary;
using System.Text;

namespace Voice.Inference.Decoding;

/// <summary>Payload of a partial frame: 32-bit number of the utterance, then the hypothesis in UTF-8.</summary>
/// <param name="Utterance">How many commits and clears the decoder had seen since its call began.</param>
internal readonly record struct DecoderPartial(int Utterance, string Text)
{
    public byte[] ToPayload()
    {
        var payload = new byte[sizeof(int) + Encoding.UTF8.GetByteCount(Text)];
        BinaryPrimitives.WriteInt32LittleEndian(payload, Utterance);
        Encoding.UTF8.GetBytes(Text, payload.AsSpan(sizeof(int)));
        return payload;
    }

    public static DecoderPartial Read(ReadOnlySpan<byte> payload) =>
        new(BinaryPrimitives.ReadInt32LittleEndian(payload), Encoding.UTF8.GetString(payload[sizeof(int)..]));
}
