using System.Text.Json;

namespace Voice.Api.Tests.Realtime;

public sealed class RealtimeToolTests : IClassFixture<RealtimeHost>
{
    private const string Tools = """
        "tools":[{"type":"function","name":"show","description":"Shows.","parameters":{"$schema":"x","type":"object","properties":{"what":{"type":"string"}},"additionalProperties":false}}],"tool_choice":"auto"
        """;

    private readonly RealtimeHost _host;

    public RealtimeToolTests(RealtimeHost host)
    {
        _host = host;
        host.Reset();
    }

    [Fact]
    public async Task A_client_runs_its_tool_and_the_answer_goes_on_with_what_it_found()
    {
        _host.Deltas.Enqueue(
        [
            """{"content":"One moment. "}""",
            """{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"show","arguments":"{\"what\""}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":":\"map\"}"}}]}""",
            """{"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"show","arguments":"{}"}}]}""",
        ]);
        await using var client = await _host.BeginAsync();
        await client.SendAsync($$$"""{"type":"session.update","session":{"type":"realtime",{{{Tools}}},"max_output_tokens":2000,"parallel_tool_calls":true}}""");
        var session = (await client.UntilAsync("session.updated")).GetProperty("session");
        await client.SpeakAsync();
        var done = (await client.UntilAsync("response.done")).GetProperty("response");

        Assert.Equal("show", session.GetProperty("tools")[0].GetProperty("name").GetString());
        Assert.Equal(("auto", 2000), (session.GetProperty("tool_choice").GetString(), session.GetProperty("max_output_tokens").GetInt32()));
        string[] order =
        [
            "response.output_item.done", "response.output_item.added", "conversation.item.added", "response.function_call_arguments.delta",
            "response.function_call_arguments.delta", "response.function_call_arguments.done", "conversation.item.done", "response.output_item.done",
            "response.output_item.added", "conversation.item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done",
            "conversation.item.done", "response.output_item.done", "response.done",
        ];
        Assert.Equal(order, client.Types.TakeLast(order.Length));
        var added = client.Events.Where(e => RealtimeClient.Type(e) == "response.output_item.added").ElementAt(1);
        Assert.Equal("in_progress", added.GetProperty("item").GetProperty("status").GetString());
        Assert.Equal(1, added.GetProperty("output_index").GetInt32());
        var arguments = client.Events.First(e => RealtimeClient.Type(e) == "response.function_call_arguments.done");
        Assert.Equal(("call_1", "show", """{"what":"map"}"""), (Text(arguments, "call_id"), Text(arguments, "name"), Text(arguments, "arguments")));
        Assert.Equal("completed", done.GetProperty("status").GetString());
        Assert.Equal(["message", "function_call", "function_call"], done.GetProperty("output").EnumerateArray().Select(item => Text(item, "type")));
        Assert.Equal("realtime.item", Text(done.GetProperty("output")[1], "object"));
        Assert.Equal(0, done.GetProperty("usage").GetProperty("input_token_details").GetProperty("cached_tokens_details").GetProperty("text_tokens").GetInt32());

        foreach (var call in (string[])["call_1", "call_2"])
        {
            await client.SendAsync($$$"""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"{{{call}}}","output":"{\"shown\":true}"}}""");
        }

        await client.SendAsync("""{"type":"response.create","event_id":"agents_js_response_create_1"}""");
        var turn = await client.UntilAsync("voiceaspire.turn");

        Assert.Equal("One moment. We are open from nine to five. On Saturday until noon.", Text(turn, "reply"));
        Assert.Equal("when are you open", Text(turn, "transcript"));
        var messages = _host.ChatRequests.Last().GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["system", "user", "assistant", "tool", "tool"], messages.Select(message => Text(message, "role")));
        Assert.Equal(["call_1", "call_2"], messages[2].GetProperty("tool_calls").EnumerateArray().Select(call => Text(call, "id")));
        Assert.Equal("x", _host.ChatRequests.First().GetProperty("tools")[0].GetProperty("function").GetProperty("parameters").GetProperty("$schema").GetString());
    }

    [Fact]
    public async Task The_servers_own_tools_are_shown_as_mcp_calls_and_run_here()
    {
        await using (var command = _host.Api.Database.DataSource.CreateCommand("""
            insert into voice.agents (organization_id, id, name, description, mode, language, instructions, tools)
            values ('org_default', 'booker', 'Booker', '', 'agent', 'en', 'Be brief.', '[{"name":"book","description":"Books.","url":"http://127.0.0.1:9/book"}]')
            on conflict do nothing
            """))
        {
            await command.ExecuteNonQueryAsync();
        }

        _host.Deltas.Enqueue(["""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"book","arguments":"{}"}}]}"""]);
        await using var client = await _host.BeginAsync("?agent=booker");
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","output_modalities":["text"],"tools":[{"type":"function","name":"book"}]}}""");
        var clash = await client.ErrorAsync();
        await client.SendAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"book me in"}]}}""");
        await client.SendAsync("""{"type":"response.create","response":{"output_modalities":["text"]}}""");
        var done = (await client.UntilAsync("response.done")).GetProperty("response");

        Assert.Equal("session.tools[0].name", Text(clash, "param"));
        string[] order =
        [
            "response.created", "rate_limits.updated", "response.output_item.added", "conversation.item.added", "response.mcp_call_arguments.done", "response.mcp_call.in_progress",
            "response.mcp_call.failed", "conversation.item.done", "response.output_item.done", "response.output_item.added", "conversation.item.added",
            "response.content_part.added", "response.output_text.delta",
        ];
        Assert.Equal(order, client.Types.SkipWhile(type => type != "response.created").Take(order.Length));
        // The address is inside the network: the runner refuses it, the model is told, and the user gets an answer.
        var call = done.GetProperty("output")[0];
        Assert.Equal(("mcp_call", "agent", "book", "{}"), (Text(call, "type"), Text(call, "server_label"), Text(call, "name"), Text(call, "arguments")));
        Assert.Equal("tool_execution_error", Text(call.GetProperty("error"), "type"));
        Assert.Equal("We are open from nine to five. On Saturday until noon.", done.GetProperty("output")[1].GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("tool", Text(_host.ChatRequests.Last().GetProperty("messages").EnumerateArray().Last(), "role"));
    }

    [Fact]
    public async Task A_response_out_of_band_answers_beside_the_conversation()
    {
        await using var client = await _host.BeginAsync();
        await client.SendAsync("""{"type":"conversation.item.create","item":{"id":"item_1","type":"message","role":"user","content":[{"type":"input_text","text":"what is this about"}]}}""");
        await client.SendAsync(
            """{"type":"response.create","response":{"conversation":"none","metadata":{"purpose":"topic"},"output_modalities":["text"],"instructions":"Name the topic.","input":[{"type":"item_reference","id":"item_1"},{"type":"message","role":"user","content":[{"type":"input_text","text":"in a word"}]}]}}""");
        await client.SendAsync("""{"type":"response.create"}""");
        List<JsonElement> done = [(await client.UntilAsync("response.done")).GetProperty("response"), (await client.UntilAsync("response.done")).GetProperty("response")];

        var beside = Assert.Single(done, response => response.GetProperty("conversation_id").ValueKind == JsonValueKind.Null);
        Assert.Equal("topic", Text(beside.GetProperty("metadata"), "purpose"));
        Assert.Equal("completed", Text(beside, "status"));
        Assert.StartsWith("conv_", Text(done.Single(response => Text(response, "id") != Text(beside, "id")), "conversation_id"), StringComparison.Ordinal);
        var item = Text(beside.GetProperty("output")[0], "id");
        Assert.DoesNotContain(client.Events, e => RealtimeClient.Type(e) == "conversation.item.added" && Text(e.GetProperty("item"), "id") == item);
        var asked = _host.ChatRequests.Single(request => Text(request.GetProperty("messages")[0], "content")!.StartsWith("Name the topic.", StringComparison.Ordinal));
        Assert.Equal(["what is this about", "in a word"], asked.GetProperty("messages").EnumerateArray().Skip(1).Select(message => Text(message, "content")));
    }

    [Fact]
    public async Task A_response_ends_where_its_tokens_do()
    {
        await using var client = await _host.BeginAsync();
        await client.SendAsync("""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"when"}]}}""");
        await client.SendAsync("""{"type":"response.create","response":{"output_modalities":["text"],"max_output_tokens":5}}""");
        var done = (await client.UntilAsync("response.done")).GetProperty("response");

        Assert.Equal("incomplete", Text(done, "status"));
        Assert.Equal(("incomplete", "max_output_tokens"), (Text(done.GetProperty("status_details"), "type"), Text(done.GetProperty("status_details"), "reason")));
        Assert.Equal(5, done.GetProperty("max_output_tokens").GetInt32());
        Assert.Equal(5, _host.ChatRequests.Single().GetProperty("max_completion_tokens").GetInt32());
        Assert.Equal("We are open from", done.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("""{"type":"audio/pcm","rate":24000}""", 48_000)]
    [InlineData("""{"type":"audio/pcmu"}""", 8_000)]
    public async Task Audio_in_an_item_is_written_down_before_it_is_answered(string format, int bytesPerSecond)
    {
        _host.Transcripts.Enqueue("what is this");
        await using var client = await _host.BeginAsync();
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","output_modalities":["text"],"audio":{"input":{"format":""" + format + "}}}}");
        await client.SendAsync($$$"""{"type":"conversation.item.create","item":{"id":"item_1","type":"message","role":"user","content":[{"type":"input_audio","audio":"{{{Convert.ToBase64String(new byte[bytesPerSecond])}}}"}]}}""");
        await client.SendAsync("""{"type":"response.create"}""");
        var turn = await client.UntilAsync("voiceaspire.turn");
        await client.SendAsync("""{"type":"conversation.item.retrieve","item_id":"item_1"}""");
        var retrieved = (await client.UntilAsync("conversation.item.retrieved")).GetProperty("item").GetProperty("content")[0];

        Assert.Equal("what is this", Text(turn, "transcript"));
        var added = client.Events.First(e => RealtimeClient.Type(e) == "conversation.item.added").GetProperty("item").GetProperty("content")[0];
        Assert.Equal(("input_audio", JsonValueKind.Null), (Text(added, "type"), added.GetProperty("transcript").ValueKind));
        Assert.Equal(("input_audio", "what is this"), (Text(retrieved, "type"), Text(retrieved, "transcript")));
        Assert.Equal(1, client.Events.Single(e => RealtimeClient.Type(e) == "conversation.item.input_audio_transcription.completed").GetProperty("usage").GetProperty("seconds").GetDouble());
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
