using System.Text.Json;

namespace Voice.Inference.Tests.Providers.Chat;

internal sealed class ChatCompletionsScript : ChatScript
{
    private const string Usage = """{"prompt_tokens":12,"completion_tokens":9,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":3}}""";
    private const string Done = "data: [DONE]\n\n";

    public override string Overloaded => """data: {"error":{"message":"Too many.","type":"rate_limit_error","param":null,"code":"rate_limit_exceeded"}}""" + "\n\n";

    public override string Garbage => "data: {{{\n\n";

    public override string[] Words(params string[] words) =>
        [Chunk("""{"role":"assistant","content":""}"""), .. words.Select(word => Chunk($$"""{"content":{{JsonSerializer.Serialize(word)}}}"""))];

    public override string[] End() => [Chunk("{}", "\"stop\""), Counted, Done];

    public override string[] Calls() =>
    [
        Chunk("""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"book","arguments":""}}]}"""),
        Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"day\""}}]}"""),
        Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":":\"Monday\"}"}}]}"""),
        Chunk("""{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"hours","arguments":"{}"}}]}"""),
        Chunk("{}", "\"tool_calls\""), Counted, Done,
    ];

    public override string[] Thought() =>
    [
        Chunk("""{"role":"assistant","content":null,"reasoning_content":"secret"}"""), Chunk("""{"reasoning":"secret"}"""), Chunk("""{"content":"Yes."}"""),
        Chunk("{}", "\"stop\""), Counted, Done,
    ];

    public override string[] Cut() => [Chunk("""{"content":"Half"}"""), Chunk("{}", "\"length\""), Counted, Done];

    public override string Refusal(string message) => JsonSerializer.Serialize(new { error = new { message, type = "invalid_request_error", param = (string?)null, code = (string?)null } });

    public static string Chunk(string delta, string reason = "null") =>
        $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795168800,"model":"theirs-1","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{reason}}}],"usage":null}""" + "\n\n";

    private static string Counted =>
        $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1795168800,"model":"theirs-1","choices":[],"usage":{{Usage}}}""" + "\n\n";
}
