using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Platform.Tests.Api;

/// <summary>
/// Hostile handshakes and hostile events at the public realtime endpoint: no 5xx, no error that calls itself the server's, and a conversation that
/// goes on.
/// </summary>
[Collection(PlatformCollection.Name)]
public sealed class RealtimeFuzzTests(PlatformFixture platform)
{
    private const int EventsAtOnce = 20;

    private static readonly string[] Events =
    [
        """{"type":"session.update","session":{"type":"realtime","instructions":"Be brief.","output_modalities":["text"],"tools":[{"type":"function","name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"string"}}}}],"tool_choice":"auto","max_output_tokens":100,"audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"turn_detection":{"type":"server_vad","threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":500}},"output":{"voice":"alloy","speed":1.0}}}}""",
        """{"type":"conversation.item.create","previous_item_id":null,"item":{"id":"item_1","type":"message","role":"user","content":[{"type":"input_text","text":"hello"}]}}""",
        """{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"{}"}}""",
        """{"type":"conversation.item.truncate","item_id":"item_1","content_index":0,"audio_end_ms":100}""",
        """{"type":"conversation.item.delete","item_id":"item_1"}""",
        """{"type":"conversation.item.retrieve","item_id":"item_1"}""",
        """{"type":"input_audio_buffer.append","audio":"AAAAAAAAAAAAAAAA"}""",
        """{"type":"input_audio_buffer.commit"}""",
        """{"type":"input_audio_buffer.clear"}""",
        """{"type":"output_audio_buffer.clear"}""",
        """{"type":"response.create","response":{"output_modalities":["text"],"instructions":"x","conversation":"none","metadata":{"a":"b"},"input":[],"max_output_tokens":10}}""",
        """{"type":"response.cancel","response_id":"resp_1"}""",
    ];

    [Theory]
    [InlineData("agent=receptionist", 1)]
    [InlineData("agent=interpreter", 2)]
    [InlineData("agent=companion", 3)]
    public async Task No_event_makes_a_conversation_fail(string query, int number)
    {
        var random = new Random(Fuzzing.Seed + number);
        var socket = await OpenAsync(query);
        try
        {
            for (var batch = 0; batch < Fuzzing.Cases / 5 * 2; batch++)
            {
                List<string> sent = [];
                var broken = false;
                for (var times = 0; times < EventsAtOnce && !broken; times++)
                {
                    broken = await SendAsync(socket, random, sent);
                }

                // What is no UTF-8 is no message: there the protocol itself hangs up, and nowhere else. Where more of the message was on its way, the
                // connection's reset can overtake the close.
                if (broken)
                {
                    try
                    {
                        await SayAsync(socket, batch, sent, probe: false);
                        Assert.True(socket.CloseStatus is WebSocketCloseStatus.InvalidPayloadData, $"closed with {socket.CloseStatus} {socket.CloseStatusDescription} after\n{string.Join('\n', sent)}");
                    }
                    catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
                    {
                    }

                    socket.Dispose();
                    socket = await OpenAsync(query);
                }
                else
                {
                    Assert.True(await SayAsync(socket, batch, sent, probe: true), $"closed with {socket.CloseStatus} {socket.CloseStatusDescription} after\n{string.Join('\n', sent)}");
                }
            }
        }
        finally
        {
            socket.Dispose();
        }
    }

    [Fact]
    public async Task No_handshake_makes_the_platform_fail()
    {
        var operation = (await ApiDocument.FetchAsync(platform)).Operations.Single(operation => operation.IsWebSocket);
        for (var number = 0; number < Fuzzing.Cases * 2; number++)
        {
            var target = new FuzzRequest(operation, Fuzzing.Seed + number).Target;
            using var socket = NewSocket();
            try
            {
                await socket.ConnectAsync(Address(target), CancellationToken.None).OrTimeout();
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).OrTimeout();
            }
            catch (WebSocketException) when ((int)socket.HttpStatusCode is >= 400 and < 500)
            {
                // Refused, as it should be.
            }
            catch (WebSocketException exception)
            {
                Assert.Fail($"{target} (seed {Fuzzing.Seed + number}): {(int)socket.HttpStatusCode} {socket.CloseStatus} {exception.Message}");
            }
        }
    }

    /// <returns>True where it is no message of the protocol.</returns>
    private static async Task<bool> SendAsync(ClientWebSocket socket, Random random, List<string> sent)
    {
        var good = Events[random.Next(Events.Length)];
        var (body, type) = random.Next(8) switch
        {
            0 => (Hostile.Body(random, good), WebSocketMessageType.Text),
            1 => (Hostile.Body(random, good), WebSocketMessageType.Binary),
            2 => (Encoding.UTF8.GetBytes(good), WebSocketMessageType.Text),
            _ => (Encoding.UTF8.GetBytes(Mutation.Of(random, JsonNode.Parse(good)!)), WebSocketMessageType.Text),
        };
        sent.Add(Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 300)));
        await socket.SendAsync(body, type, endOfMessage: true, CancellationToken.None).OrTimeout();
        return type == WebSocketMessageType.Text && !Utf8.IsValid(body);
    }

    /// <summary>Reads until the server has answered a probe, so everything before it, or has closed.</summary>
    /// <returns>False where it has closed the conversation.</returns>
    private static async Task<bool> SayAsync(ClientWebSocket socket, int batch, List<string> sent, bool probe)
    {
        var id = $"probe_{batch}";
        if (probe)
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = "no.such.event", event_id = id }), WebSocketMessageType.Text, true, CancellationToken.None).OrTimeout();
        }

        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None).OrTimeout(TimeSpan.FromSeconds(30), $"an answer after\n{string.Join('\n', sent)}");
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return false;
            }

            message.Write(buffer, 0, received.Count);
            if (!received.EndOfMessage)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(message.ToArray());
            message.SetLength(0);
            if (received.MessageType == WebSocketMessageType.Text && JsonNode.Parse(text) is JsonObject answer && answer["type"]!.GetValue<string>() == "error")
            {
                Assert.True(answer["error"]!["type"]!.GetValue<string>() != "server_error", $"{text} after\n{string.Join('\n', sent)}");
                if (answer["error"]!["event_id"]?.GetValue<string>() == id)
                {
                    return true;
                }
            }
        }
    }

    private async Task<ClientWebSocket> OpenAsync(string query)
    {
        var socket = NewSocket();
        await socket.ConnectAsync(Address($"/v1/realtime?{query}"), CancellationToken.None).OrTimeout();
        return socket;
    }

    private ClientWebSocket NewSocket()
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {platform.ApiKey}");
        return socket;
    }

    private Uri Address(string target) => new($"ws://{platform.Url.Authority}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
