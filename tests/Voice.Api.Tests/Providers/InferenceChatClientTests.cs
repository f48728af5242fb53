using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Voice.Api.Tests.Support;
using Voice.Core.Providers;
using Voice.Core.Tools;

namespace Voice.Api.Tests.Providers;

public sealed class InferenceChatClientTests : IAsyncLifetime
{
    private static readonly string[] Answer =
    [
        """{"id":"c1","object":"chat.completion.chunk","created":1795168800,"model":"extractive","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""",
        """{"id":"c1","object":"chat.completion.chunk","created":1795168800,"model":"extractive","choices":[{"index":0,"delta":{"content":"We open "},"finish_reason":null}]}""",
        """{"id":"c1","object":"chat.completion.chunk","created":1795168800,"model":"extractive","choices":[{"index":0,"delta":{"content":"at eight."},"finish_reason":"stop"}]}""",
        """{"id":"c1","object":"chat.completion.chunk","created":1795168800,"model":"extractive","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":4,"total_tokens":16}}""",
    ];

    private readonly List<ChatMessage> _conversation = [new(ChatRole.System, "You are a receptionist."), new(ChatRole.User, "when do you open")];
    private FakeInference _inference = null!;
    private ProviderHost _host = null!;

    public async Task InitializeAsync()
    {
        _inference = await FakeInference.StartAsync();
        _host = new ProviderHost(_inference.Address);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _inference.DisposeAsync();
    }

    [Fact]
    public async Task The_request_is_OpenAIs_and_the_answer_streams()
    {
        var body = new TaskCompletionSource<JsonElement>();
        var consumed = new TaskCompletionSource();
        _inference.Chat = async context =>
        {
            body.SetResult(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body));
            await FakeInference.Events(Answer[..2])(context);
            // Goes on only once the client has the first words: nothing on the way waits for the whole.
            await consumed.Task.OrTimeout();
            await FakeInference.Events([.. Answer[2..], "[DONE]"])(context);
        };
        var options = new ChatOptions
        {
            ModelId = "extractive",
            Temperature = 0.5f,
            MaxOutputTokens = 200,
            AdditionalProperties = new() { ["metadata"] = new { Mode = "agent", Language = "en" } },
        };

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _host.Chat.GetStreamingResponseAsync(_conversation, options))
        {
            updates.Add(update);
            if (update.Text == "We open ")
            {
                consumed.SetResult();
            }
        }

        var response = updates.ToChatResponse();
        Assert.Equal("We open at eight.", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("extractive", response.ModelId);
        Assert.Equal(16, response.Usage?.TotalTokenCount);
        Assert.Equal(
            """{"model":"extractive","messages":[{"role":"system","content":"You are a receptionist."},{"role":"user","content":"when do you open"}],"stream":true,"stream_options":{"include_usage":true},"temperature":0.5,"max_completion_tokens":200,"metadata":{"mode":"agent","language":"en"}}""",
            (await body.Task).GetRawText());
    }

    [Fact]
    public async Task The_request_carries_an_identity_and_the_trace()
    {
        _inference.Chat = FakeInference.Events([.. Answer, "[DONE]"]);
        using var collector = new ActivityCollector();
        using var activity = new Activity("turn").Start();

        Assert.Equal("We open at eight.", (await _host.Chat.GetResponseAsync(_conversation).OrTimeout()).Text);

        var (_, headers) = _inference.Requests.Last();
        Assert.StartsWith("Bearer ey", headers.Authorization.ToString(), StringComparison.Ordinal);
        Assert.Contains(activity.TraceId.ToHexString(), headers["traceparent"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_may_end_without_the_done_mark_but_not_in_the_middle()
    {
        _inference.Chat = FakeInference.Events(Answer);
        Assert.Equal("We open at eight.", (await _host.Chat.GetResponseAsync(_conversation).OrTimeout()).Text);

        _inference.Chat = FakeInference.Events(Answer[..2]);
        Assert.Equal("provider_failed", (await FailureAsync()).Code);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The model stopped.","type":"server_error","param":null,"code":null}}""", "provider_failed", "The model stopped.")]
    [InlineData("""{"error":{"message":"Too long.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""", "provider_rejected", "Too long.")]
    [InlineData("""{"error":{}}""", "provider_failed", "The provider failed while answering.")]
    [InlineData("not json", "provider_failed", "The provider's answer could not be read.")]
    public async Task An_error_within_the_stream_ends_it_with_what_it_says(string data, string code, string message)
    {
        _inference.Chat = FakeInference.Events(Answer[0], Answer[1], data);
        var text = "";

        var failure = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var update in _host.Chat.GetStreamingResponseAsync(_conversation))
            {
                text += update.Text;
            }
        }).OrTimeout();

        Assert.Equal("We open ", text);
        Assert.Equal((code, message), (failure.Code, failure.Message));
    }

    [Theory]
    [InlineData(400, "provider_rejected")]
    [InlineData(401, "provider_rejected")]
    [InlineData(404, "provider_rejected")]
    [InlineData(429, "provider_unavailable")]
    [InlineData(500, "provider_failed")]
    [InlineData(502, "provider_unavailable")]
    [InlineData(503, "provider_unavailable")]
    public async Task A_refusal_is_a_provider_failure_by_its_status(int status, string code)
    {
        _inference.Chat = FakeInference.Json(status, """{"error":{"message":"Why.","type":"x","param":null,"code":"y"}}""");
        var failure = await FailureAsync();
        Assert.Equal((code, "Why."), (failure.Code, failure.Message));
        Assert.Single(_inference.Requests);

        _inference.Chat = FakeInference.Json(status, "<html>proxy</html>");
        Assert.Equal(code, (await FailureAsync()).Code);
    }

    [Fact]
    public async Task A_connection_that_breaks_off_is_a_failure_and_is_not_repeated()
    {
        _inference.Chat = async context =>
        {
            await FakeInference.Events(Answer[..2])(context);
            context.Abort();
        };

        Assert.Equal("provider_failed", (await FailureAsync()).Code);
        Assert.Single(_inference.Requests);
    }

    [Fact]
    public async Task Silence_is_a_failure_before_the_answer_and_within_it()
    {
        await using var impatient = new ProviderHost(_inference.Address, ("Inference:ResponseTimeout", "00:00:00.300"));
        var never = new TaskCompletionSource();
        _inference.Chat = context => never.Task.WaitAsync(context.RequestAborted);
        Assert.Equal("provider_unavailable", (await FailureAsync(impatient)).Code);

        _inference.Chat = async context =>
        {
            await FakeInference.Events(Answer[..2])(context);
            await never.Task.WaitAsync(context.RequestAborted);
        };
        Assert.Equal("provider_unavailable", (await FailureAsync(impatient)).Code);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_one_and_reaches_the_provider()
    {
        using var barge = new CancellationTokenSource();
        var aborted = new TaskCompletionSource();
        _inference.Chat = async context =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            await FakeInference.Events(Answer[..2])(context);
            await aborted.Task;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in _host.Chat.GetStreamingResponseAsync(_conversation, cancellationToken: barge.Token))
            {
                if (update.Text.Length > 0)
                {
                    await barge.CancelAsync();
                }
            }
        }).OrTimeout();

        await aborted.Task.OrTimeout();
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_unavailable_and_is_found_again()
    {
        var port = _inference.Address.Port;
        await _inference.DisposeAsync();
        Assert.Equal("provider_unavailable", (await FailureAsync()).Code);

        _inference = await FakeInference.StartAsync(port);
        _inference.Chat = FakeInference.Events([.. Answer, "[DONE]"]);
        Assert.Equal("We open at eight.", (await _host.Chat.GetResponseAsync(_conversation).OrTimeout()).Text);
    }

    private Task<ProviderException> FailureAsync(ProviderHost? host = null) =>
        Assert.ThrowsAsync<ProviderException>(() => (host ?? _host).Chat.GetResponseAsync(_conversation)).OrTimeout();

    [Fact]
    public async Task Tools_their_calls_and_results_are_sent_as_OpenAI_takes_them()
    {
        var body = new TaskCompletionSource<JsonElement>();
        _inference.Chat = async context =>
        {
            body.SetResult(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body));
            await FakeInference.Events([.. Answer, "[DONE]"])(context);
        };
        _conversation.Add(new ChatMessage(ChatRole.Assistant, [new TextContent("One moment."), new FunctionCallContent("call_1", "book") { RawRepresentation = """{"day": "Monday"}""" }]));
        _conversation.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("call_1", "booked")]));
        var options = new ChatOptions
        {
            Tools = [AIFunctionFactory.CreateDeclaration("book", "Books.", JsonDocument.Parse("""{"type":"object"}""").RootElement)],
            ToolMode = ChatToolMode.RequireSpecific("book"),
            AllowMultipleToolCalls = false,
        };

        await _host.Chat.GetResponseAsync(_conversation, options).OrTimeout();

        var sent = await body.Task;
        Assert.Equal(
            """[{"role":"system","content":"You are a receptionist."},{"role":"user","content":"when do you open"},{"role":"assistant","content":"One moment.","tool_calls":[{"id":"call_1","function":{"name":"book","arguments":"{\u0022day\u0022: \u0022Monday\u0022}"},"type":"function"}]},{"role":"tool","content":"booked","tool_call_id":"call_1"}]""",
            sent.GetProperty("messages").GetRawText());
        Assert.Equal("""[{"function":{"name":"book","description":"Books.","parameters":{"type":"object"}},"type":"function"}]""", sent.GetProperty("tools").GetRawText());
        Assert.Equal("""{"type":"function","function":{"name":"book"}}""", sent.GetProperty("tool_choice").GetRawText());
        Assert.False(sent.GetProperty("parallel_tool_calls").GetBoolean());
    }

    [Fact]
    public async Task Calls_come_in_fragments_by_index_and_then_whole()
    {
        _inference.Chat = FakeInference.Events(
            Chunk("""{"content":"One moment."}"""),
            Chunk("""{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"book","arguments":""}}]}"""),
            Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"day\""}}]}"""),
            Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":":\"Monday\"}"}}]}"""),
            Chunk("""{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"hours","arguments":"{}"}}]}"""),
            """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "[DONE]");

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in _host.Chat.GetStreamingResponseAsync(_conversation))
        {
            updates.Add(update);
        }

        string[] expected =
        [
            "One moment.", "call_a book {\"day\"", "call_a book :\"Monday\"}", "whole call_a book {\"day\":\"Monday\"}", "call_b hours {}", "whole call_b hours {}",
        ];
        Assert.Equal(expected, updates.SelectMany(update => update.Contents).Select(content => content switch
        {
            ToolCallDelta delta => $"{delta.CallId} {delta.Name} {delta.Fragment}",
            FunctionCallContent call => $"whole {call.CallId} {call.Name} {call.RawRepresentation}",
            _ => content.ToString(),
        }));
        Assert.Equal(ChatFinishReason.ToolCalls, updates[^1].FinishReason);
        Assert.Equal("Monday", updates.ToChatResponse().Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().First().Arguments!["day"]!.ToString());
    }

    [Theory]
    // Not every server numbers its calls, or gives them ids, or says that it has finished.
    [InlineData("""{"tool_calls":[{"id":"call_a","function":{"name":"book","arguments":"{}"}},{"id":"call_b","function":{"name":"hours","arguments":"{}"}}]}""", 2)]
    [InlineData("""{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"book","arguments":"{}"}},{"index":0,"id":"call_b","function":{"name":"hours","arguments":"{}"}}]}""", 2)]
    [InlineData("""{"tool_calls":[{"index":0,"function":{"name":"book","arguments":"{}"}},{"index":1,"function":{"name":"hours"}}]}""", 2)]
    public async Task Calls_of_servers_that_write_them_differently_are_told_apart(string delta, int count)
    {
        _inference.Chat = FakeInference.Events(Chunk(delta), "[DONE]");

        var response = await _host.Chat.GetResponseAsync(_conversation).OrTimeout();

        var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["book", "hours"], calls.Select(call => call.Name));
        Assert.Equal(count, calls.Select(call => call.CallId).Distinct().Count());
        Assert.All(calls, call => Assert.Equal("{}", call.RawRepresentation));
    }

    private static string Chunk(string delta) =>
        $$$"""{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":null}]}""";
}
