using System.Text.Json;

namespace Voice.Api.Tests.Realtime;

/// <summary>The official clients, unmodified, hold whole conversations: with the engine as it is, before scripted models.</summary>
public sealed class OfficialClientTests : IClassFixture<RealtimeHost>, IAsyncLifetime
{
    private readonly RealtimeHost _host;
    private readonly TlsFront _tls;

    public OfficialClientTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
        _tls = new TlsFront(host.Address);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _tls.DisposeAsync();

    [Fact]
    public async Task The_openai_client_holds_a_spoken_conversation()
    {
        var (result, events) = await OpenAi("spoken").RunAsync(await Speech.SayAsync("When are you open?"));

        Assert.Equal("when are you open", Text(result, "transcript"));
        Assert.Equal("We are open from nine to five. On Saturday until noon.", Text(result, "reply"));
        Assert.Equal("completed", Text(result, "status"));
        // Two clauses of 300 ms.
        Assert.Equal(2 * 300 * 48, result.GetProperty("audioBytes").GetInt32());
        Assert.Equal(1000, result.GetProperty("closed").GetInt32());
        Assert.Empty(result.GetProperty("errors").EnumerateArray());
        Assert.Equal("session.created", events[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_openai_client_interrupts_and_says_what_was_heard()
    {
        _host.Speech = TimeSpan.FromSeconds(3);
        _host.HeldSpeeches = 1;
        _host.Transcripts.Enqueue("when are you open");
        _host.Transcripts.Enqueue("and on sunday");
        var (result, _) = await OpenAi("interrupted").RunAsync(await Speech.SayAsync("When are you open?"), await Speech.SayAsync("And what about next Sunday morning?"));

        Assert.Equal(("cancelled", "turn_detected"), (Text(result, "status"), Text(result, "reason")));
        Assert.Equal(700, result.GetProperty("truncatedTo").GetInt32());
        // 700 ms of a clause of seven words in 3 s.
        Assert.Equal("We", Text(result, "heard"));
        Assert.Equal("We are open from nine to five. On Saturday until noon.", Text(result, "whole"));
        Assert.Empty(result.GetProperty("errors").EnumerateArray());
    }

    [Fact]
    public async Task The_agents_client_holds_a_spoken_conversation()
    {
        var (result, _) = await Agents("spoken").RunAsync(await Speech.SayAsync("When are you open?"));

        Assert.Equal(
            [("user", "when are you open"), ("assistant", "We are open from nine to five. On Saturday until noon.")],
            History(result));
        Assert.Equal(2 * 300 * 48, result.GetProperty("audioBytes").GetInt32());
        Assert.Equal(0, result.GetProperty("failures").GetInt32());
    }

    [Fact]
    public async Task The_agents_client_interrupts_and_keeps_the_history_that_was_heard()
    {
        _host.Speech = TimeSpan.FromSeconds(3);
        _host.HeldSpeeches = 1;
        _host.Transcripts.Enqueue("when are you open");
        _host.Transcripts.Enqueue("and on sunday");
        var (result, _) = await Agents("interrupted").RunAsync(await Speech.SayAsync("When are you open?"), await Speech.SayAsync("And what about next Sunday morning?"));

        var history = History(result);
        Assert.Equal(["user", "assistant", "user", "assistant"], history.Select(message => message.Role));
        Assert.StartsWith("We", history[1].Text, StringComparison.Ordinal);
        Assert.True(history[1].Text.Length < "We are open from nine to five.".Length, history[1].Text);
        Assert.Equal(("user", "and on sunday"), history[2]);
        Assert.InRange(result.GetProperty("truncatedTo").GetInt32(), 700, 2_500);
        Assert.Equal(0, result.GetProperty("failures").GetInt32());
    }

    [Fact]
    public async Task The_openai_client_runs_a_tool()
    {
        CallATool();
        var (result, _) = await OpenAi("tools").RunAsync(await Speech.SayAsync("Book me an appointment on Monday."));

        Assert.Equal(("book_appointment", "Monday"), (Text(result, "name"), Text(result.GetProperty("arguments"), "day")));
        Assert.Equal(["message", "function_call"], result.GetProperty("firstOutput").EnumerateArray().Select(type => type.GetString()));
        Assert.Equal("We are open from nine to five. On Saturday until noon.", Text(result, "reply"));
        Assert.Empty(result.GetProperty("errors").EnumerateArray());
        AssertToolAnswered();
    }

    [Fact]
    public async Task The_agents_client_runs_a_tool()
    {
        CallATool();
        var (result, _) = await Agents("tools").RunAsync(await Speech.SayAsync("Book me an appointment on Monday."));

        Assert.Equal(["Monday"], result.GetProperty("calls").EnumerateArray().Select(day => day.GetString()));
        var call = Assert.Single(result.GetProperty("called").EnumerateArray().ToArray());
        Assert.Equal(("book_appointment", "completed", """{"booked":true}"""), (Text(call, "name"), Text(call, "status"), Text(call, "output")));
        Assert.Equal(
            [("user", "when are you open"), ("assistant", "One moment."), ("assistant", "We are open from nine to five. On Saturday until noon.")],
            History(result));
        Assert.Equal(0, result.GetProperty("failures").GetInt32());
        AssertToolAnswered();
    }

    [Fact]
    public async Task The_openai_client_only_transcribes()
    {
        var (result, _) = await OpenAi("transcription").RunAsync(await Speech.SayAsync("When are you open?"));

        Assert.Equal(("transcription", "when are you open"), (Text(result, "type"), Text(result, "transcript")));
        Assert.DoesNotContain(result.GetProperty("types").EnumerateArray(), type => type.GetString()!.StartsWith("response.", StringComparison.Ordinal));
        Assert.Empty(result.GetProperty("errors").EnumerateArray());
    }

    private void CallATool() => _host.Deltas.Enqueue(
    [
        """{"content":"One moment. "}""",
        """{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"book_appointment","arguments":"{\"day\":"}}]}""",
        """{"tool_calls":[{"index":0,"function":{"arguments":"\"Monday\"}"}}]}""",
    ]);

    /// <summary>The model was asked again, with what the client's tool said.</summary>
    private void AssertToolAnswered()
    {
        var messages = _host.ChatRequests.Last().GetProperty("messages").EnumerateArray().ToArray();
        var answer = Assert.Single(messages, message => Text(message, "role") == "tool");
        Assert.Equal(("call_1", """{"booked":true}"""), (Text(answer, "tool_call_id"), Text(answer, "content")));
    }

    private OfficialClient OpenAi(string scenario) => new("openai.mjs", scenario, _host.Address, TestIdentity.Token(), _tls);

    private OfficialClient Agents(string scenario) =>
        new("agents.mjs", scenario, new UriBuilder(_host.Address) { Scheme = "ws" }.Uri, TestIdentity.Token());

    private static string? Text(JsonElement result, string name) => result.GetProperty(name).GetString();

    private static (string Role, string Text)[] History(JsonElement result) =>
        [.. result.GetProperty("history").EnumerateArray().Select(message => (Text(message, "role")!, Text(message, "text")!))];
}
