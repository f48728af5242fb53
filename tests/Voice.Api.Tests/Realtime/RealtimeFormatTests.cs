using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;
using Voice.Core.Audio;

namespace Voice.Api.Tests.Realtime;

/// <summary>Audio in every format of the protocol, in base64 and as binary messages.</summary>
public sealed class RealtimeFormatTests : IClassFixture<RealtimeHost>
{
    // Two clauses of 300 ms.
    private const int ReplyMilliseconds = 600;

    private readonly RealtimeHost _host;

    public RealtimeFormatTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
    }

    public delegate void Encode(ReadOnlySpan<short> samples, Span<byte> codes);

    public delegate void Decode(ReadOnlySpan<byte> codes, Span<short> samples);

    public static TheoryData<string, string, Encode, Decode> Telephone { get; } = new()
    {
        { "audio/pcmu", "json", G711.EncodeMuLaw, G711.DecodeMuLaw },
        { "audio/pcma", "json", G711.EncodeALaw, G711.DecodeALaw },
        { "audio/pcmu", "binary", G711.EncodeMuLaw, G711.DecodeMuLaw },
    };

    [Theory]
    [MemberData(nameof(Telephone))]
    public async Task A_conversation_in_telephone_audio_is_heard_and_answered(string format, string framing, Encode encode, Decode decode)
    {
        await using var client = await _host.BeginAsync();
        var session = await UpdateAsync(client, $$$$"""{"input":{"format":{"type":"{{{{format}}}}"}},"output":{"format":{"type":"{{{{format}}}}"}}}""", framing == "binary");
        Assert.Equal($$"""{"type":"{{format}}"}""", session.GetProperty("audio").GetProperty("input").GetProperty("format").GetRawText());
        Assert.Equal($$"""{"type":"{{format}}"}""", session.GetProperty("audio").GetProperty("output").GetProperty("format").GetRawText());
        var samples = RealtimeClient.Voice(rate: 8_000);
        var codes = new byte[samples.Length];
        encode(samples, codes);
        await SendAsync(client, codes, framing == "binary");

        var done = await client.UntilAsync("response.done");

        Assert.Equal("completed", done.GetProperty("response").GetProperty("status").GetString());
        Assert.Equal(format, done.GetProperty("response").GetProperty("audio").GetProperty("output").GetProperty("format").GetProperty("type").GetString());
        var reply = framing == "binary" ? BinaryAudio(client) : JsonAudio(client);
        Assert.Equal(ReplyMilliseconds * 8, reply.Length);
        var heard = new short[reply.Length];
        decode(reply, heard);
        // Filters at both ends of the message and the coarse steps of the codes.
        Assert.InRange(Pcm16.LevelDbfs(heard), Pcm16.LevelDbfs(Pcm16.Samples(Support.Tone.Level(8_000, _host.Speech))) - 1.5, 0);
    }

    [Theory]
    [InlineData("""{"type":"audio/pcm","rate":8000}""", 16)]
    [InlineData("""{"type":"audio/pcm","rate":16000}""", 32)]
    [InlineData("""{"type":"audio/pcm","rate":48000}""", 96)]
    public async Task A_reply_has_its_full_length_at_every_rate(string format, int bytesPerMillisecond)
    {
        await using var client = await _host.BeginAsync();
        await UpdateAsync(client, $$$"""{"output":{"format":{{{format}}}}}""");
        await client.SpeakAsync();
        await client.UntilAsync("response.done");

        Assert.Equal(ReplyMilliseconds * bytesPerMillisecond, JsonAudio(client).Length);
    }

    [Fact]
    public async Task A_message_is_truncated_in_milliseconds_whatever_its_format()
    {
        await using var client = await _host.BeginAsync();
        await UpdateAsync(client, """{"output":{"format":{"type":"audio/pcmu"}}}""");
        await client.SpeakAsync();
        var item = (await client.UntilAsync("response.output_item.done")).GetProperty("item").GetProperty("id").GetString()!;
        await client.UntilAsync("response.done");
        await client.SendAsync($$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":{{ReplyMilliseconds + 1}}}""");
        var error = await client.ErrorAsync();
        await client.SendAsync($$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":300}""");
        await client.UntilAsync("conversation.item.truncated");
        await client.SendAsync($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");

        Assert.Equal(("invalid_value", "audio_end_ms"), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
        var kept = (await client.UntilAsync("conversation.item.retrieved")).GetProperty("item").GetProperty("content")[0].GetProperty("transcript").GetString();
        Assert.Equal("We are open from nine to five.", kept);
    }

    [Fact]
    public async Task Nothing_of_a_cancelled_reply_follows_its_cancellation_at_any_rate()
    {
        _host.Speech = TimeSpan.FromSeconds(2);
        _host.HeldSpeeches = 1;
        await using var client = await _host.BeginAsync();
        await UpdateAsync(client, """{"output":{"format":{"type":"audio/pcm","rate":8000}}}""");
        await client.SpeakAsync();
        // All of the two seconds: what is left is in the filter.
        while (JsonAudio(client).Length < 1_900 * 16)
        {
            await client.NextAsync();
        }

        await client.SendAsync("""{"type":"response.cancel"}""");
        await client.UntilAsync("response.output_audio.done");

        Assert.True(JsonAudio(client).Length < 2_000 * 16, "the rest in the filter came after the cancellation");
    }

    [Fact]
    public async Task Reply_audio_comes_as_binary_messages_that_say_where_they_belong()
    {
        await using var client = await _host.BeginAsync();
        var session = await UpdateAsync(client, "{}", binary: true);
        Assert.True(session.GetProperty("voiceaspire").GetProperty("binary_audio").GetBoolean());
        await client.SendAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}}""");
        for (var reply = 1; reply <= 2; reply++)
        {
            client.Binary.Clear();
            await client.SendAsync("""{"type":"response.create"}""");
            var told = await client.UntilAsync("voiceaspire.output_audio");
            var done = await client.UntilAsync("response.done");

            Assert.DoesNotContain("response.output_audio.delta", client.Types);
            var response = done.GetProperty("response");
            Assert.Equal(
                (reply, response.GetProperty("id").GetString(), response.GetProperty("output")[0].GetProperty("id").GetString(), "audio/pcm"),
                (told.GetProperty("stream").GetInt32(), told.GetProperty("response_id").GetString(), told.GetProperty("item_id").GetString(), told.GetProperty("format").GetProperty("type").GetString()));
            Assert.All(client.Binary, message => Assert.Equal(reply, BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(2))));
            Assert.Equal(ReplyMilliseconds * 48, BinaryAudio(client).Length);
        }

        // Every event has a number of its own, those without JSON too.
        var numbers = client.Binary.Select(message => (long)BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(4)))
            .Concat(client.Events.Select(e => long.Parse(e.GetProperty("event_id").GetString()!["event_".Length..], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(numbers.Count(), numbers.Distinct().Count());
    }

    [Fact]
    public async Task Binary_audio_of_half_a_sample_is_refused()
    {
        await using var client = await _host.BeginAsync();
        await UpdateAsync(client, "{}", binary: true);
        await client.SendRawAsync(new byte[961], WebSocketMessageType.Binary);

        Assert.Equal("invalid_audio", (await client.ErrorAsync()).GetProperty("code").GetString());
    }

    private static async Task<JsonElement> UpdateAsync(RealtimeClient client, string audio, bool binary = false)
    {
        await client.SendAsync($$$$"""{"type":"session.update","session":{"type":"realtime","audio":{{{{audio}}}},"voiceaspire":{"binary_audio":{{{{(binary ? "true" : "false")}}}}}}}""");
        return (await client.UntilAsync("session.updated")).GetProperty("session");
    }

    private static async Task SendAsync(RealtimeClient client, byte[] codes, bool binary)
    {
        foreach (var part in codes.Chunk(800))
        {
            await (binary ? client.SendRawAsync(part, WebSocketMessageType.Binary) : client.AppendAsync(part));
        }
    }

    private static byte[] JsonAudio(RealtimeClient client) =>
        [.. client.Events.Where(e => RealtimeClient.Type(e) == "response.output_audio.delta").SelectMany(e => e.GetProperty("delta").GetBytesFromBase64())];

    /// <summary>Checks that each message begins where the one before ended.</summary>
    private static byte[] BinaryAudio(RealtimeClient client)
    {
        var format = client.Events.Last(e => RealtimeClient.Type(e) == "voiceaspire.output_audio").GetProperty("format").GetProperty("type").GetString();
        var audio = new List<byte>();
        foreach (var message in client.Binary)
        {
            Assert.Equal((1, 0), (message[0], message[1]));
            Assert.Equal(audio.Count / (format == "audio/pcm" ? 2 : 1), (int)BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(8)));
            audio.AddRange(message[12..]);
        }

        return [.. audio];
    }
}
