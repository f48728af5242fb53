using System.Text.Json;

namespace Voice.Inference.Tests.Providers.Chat;

internal sealed class AnthropicScript : ChatScript
{
    public override string Overloaded => Event("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""");

    public override string Garbage => "event: content_block_delta\ndata: {{{\n\n";

    public override string[] Words(params string[] words) =>
    [
        Start, Event("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""), Event("""{"type":"ping"}"""),
        .. words.Select(word => Event($$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{JsonSerializer.Serialize(word)}}}}}""")),
    ];

    public override string[] End() => [Stop(0), .. Last("end_turn")];

    public override string[] Calls() =>
    [
        Start, Event("""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_a","name":"book","input":{}}}"""),
        Event("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"day\""}}"""),
        Event("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":":\"Monday\"}"}}"""), Stop(0),
        Event("""{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_b","name":"hours","input":{}}}"""), Stop(1),
        .. Last("tool_use"),
    ];

    public override string[] Thought() =>
    [
        Start, Event("""{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"""),
        Event("""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"secret"}}"""),
        Event("""{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}"""), Stop(0),
        Event("""{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"""),
        Event("""{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Yes."}}"""), Stop(1), .. Last("end_turn"),
    ];

    public override string[] Cut() => [.. Words("Half"), Stop(0), .. Last("max_tokens")];

    public override string Refusal(string message) => JsonSerializer.Serialize(new { type = "error", error = new { type = "invalid_request_error", message } });

    private static string Start => Event(
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"theirs-1","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"cache_read_input_tokens":3,"output_tokens":1}}}""");

    private static string Stop(int index) => Event($$"""{"type":"content_block_stop","index":{{index}}}""");

    private static string[] Last(string reason) =>
    [
        Event($$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"output_tokens":9}}"""), Event("""{"type":"message_stop"}"""),
    ];

    private static string Event(string data)
    {
        using var document = JsonDocument.Parse(data);
        return $"event: {document.RootElement.GetProperty("type").GetString()}\ndata: {data}\n\n";
    }
}
