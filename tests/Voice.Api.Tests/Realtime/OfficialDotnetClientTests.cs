using System.ClientModel;
using OpenAI.Realtime;
using OfficialRealtimeClient = OpenAI.Realtime.RealtimeClient;

namespace Voice.Api.Tests.Realtime;

/// <summary>OpenAI's client for .NET, unmodified, holds whole conversations: what it cannot read, it throws.</summary>
public sealed class OfficialDotnetClientTests : IClassFixture<RealtimeHost>
{
    private const string Reply = "We are open from nine to five. On Saturday until noon.";

    private readonly RealtimeHost _host;

    public OfficialDotnetClientTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task It_holds_a_spoken_conversation(string scheme)
    {
        using var session = await BeginAsync(scheme);
        await session.ConfigureConversationSessionAsync(Spoken());
        await SpeakAsync(session);
        var updates = await UntilDoneAsync(session);

        var configured = Of<RealtimeServerUpdateSessionUpdated>(updates).Single().Session;
        Assert.Equal("Be brief.", Assert.IsType<RealtimeConversationSession>(configured).Instructions);
        Assert.Single(Of<RealtimeServerUpdateInputAudioBufferSpeechStarted>(updates));
        Assert.Equal("when are you open", Of<RealtimeServerUpdateConversationItemInputAudioTranscriptionCompleted>(updates).Single().Transcript);
        Assert.Equal(Reply, Of<RealtimeServerUpdateResponseOutputAudioTranscriptDone>(updates).Single().Transcript);
        // Two clauses of 300 ms.
        Assert.Equal(2 * 300 * 48, Of<RealtimeServerUpdateResponseOutputAudioDelta>(updates).Sum(delta => delta.Delta.ToMemory().Length));
        var response = Of<RealtimeServerUpdateResponseDone>(updates).Single().Response;
        Assert.Equal(RealtimeResponseStatus.Completed, response.Status);
        var message = Assert.IsType<RealtimeMessageItem>(Assert.Single(response.OutputItems));
        Assert.Equal(Reply, Assert.IsType<RealtimeOutputAudioMessageContentPart>(Assert.Single(message.Content)).Transcript);
        Assert.True(response.Usage.TotalTokenCount > 0);
    }

    [Fact]
    public async Task It_runs_a_tool()
    {
        _host.Deltas.Enqueue(
        [
            """{"content":"One moment. "}""",
            """{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"book_appointment","arguments":"{\"day\":"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"\"Monday\"}"}}]}""",
        ]);
        var options = Spoken();
        options.Tools.Add(new RealtimeFunctionTool("book_appointment")
        {
            FunctionDescription = "Books an appointment.",
            FunctionParameters = BinaryData.FromString("""{"type":"object","properties":{"day":{"type":"string"}},"required":["day"]}"""),
        });
        using var session = await BeginAsync("http");
        await session.ConfigureConversationSessionAsync(options);
        await SpeakAsync(session);
        var first = Of<RealtimeServerUpdateResponseDone>(await UntilDoneAsync(session)).Single().Response;
        var call = Assert.IsType<RealtimeFunctionCallItem>(first.OutputItems[1]);
        await session.AddItemAsync(RealtimeItem.CreateFunctionCallOutputItem(call.CallId, """{"booked":true}"""));
        await session.StartResponseAsync();
        var answered = Of<RealtimeServerUpdateResponseOutputAudioTranscriptDone>(await UntilDoneAsync(session)).Single();

        Assert.Equal(("book_appointment", """{"day":"Monday"}"""), (call.FunctionName, call.FunctionArguments.ToString()));
        Assert.Equal(Reply, answered.Transcript);
        var offered = _host.ChatRequests.First().GetProperty("tools")[0].GetProperty("function");
        Assert.Equal("book_appointment", offered.GetProperty("name").GetString());
        var told = Assert.Single(_host.ChatRequests.Last().GetProperty("messages").EnumerateArray(), message => message.GetProperty("role").GetString() == "tool");
        Assert.Equal(("call_1", """{"booked":true}"""), (told.GetProperty("tool_call_id").GetString(), told.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task It_is_told_what_it_did_wrong()
    {
        using var session = await BeginAsync("http");
        await session.DeleteItemAsync("item_none");
        await foreach (var update in session.ReceiveUpdatesAsync().WithCancellation(Deadline()))
        {
            if (update is RealtimeServerUpdateError { Error: var error })
            {
                Assert.Equal(("invalid_request_error", "item_not_found"), (error.Kind, error.Code));
                return;
            }
        }

        Assert.Fail("The server closed before it said what was wrong.");
    }

    private Task<RealtimeSessionClient> BeginAsync(string scheme)
    {
        var endpoint = new UriBuilder(_host.Address) { Scheme = scheme, Path = "/v1" }.Uri;
        var client = new OfficialRealtimeClient(new ApiKeyCredential(TestIdentity.Token()), new RealtimeClientOptions { Endpoint = endpoint });
        return client.StartConversationSessionAsync("receptionist").OrTimeout();
    }

    private static RealtimeConversationSessionOptions Spoken() => new()
    {
        Instructions = "Be brief.",
        OutputModalities = { RealtimeOutputModality.Audio },
        AudioOptions = new RealtimeConversationSessionAudioOptions
        {
            InputAudioOptions = new RealtimeConversationSessionInputAudioOptions { AudioFormat = new RealtimePcmAudioFormat() },
            OutputAudioOptions = new RealtimeConversationSessionOutputAudioOptions { AudioFormat = new RealtimePcmAudioFormat() },
        },
    };

    private static async Task SpeakAsync(RealtimeSessionClient session)
    {
        using var audio = new MemoryStream([.. Speech.ForTheWire(await Speech.SayAsync("When are you open?")), .. Speech.ForTheWire(Speech.Silence(TimeSpan.FromSeconds(1)))]);
        await session.SendInputAudioAsync(audio).OrTimeout();
    }

    private static async Task<List<RealtimeServerUpdate>> UntilDoneAsync(RealtimeSessionClient session)
    {
        List<RealtimeServerUpdate> updates = [];
        try
        {
            await foreach (var update in session.ReceiveUpdatesAsync().WithCancellation(Deadline()))
            {
                updates.Add(update);
                Assert.False(update is RealtimeServerUpdateError, (update as RealtimeServerUpdateError)?.Error.Message);
                if (update is RealtimeServerUpdateResponseDone)
                {
                    return updates;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw new InvalidOperationException($"No response.done; the server said: {string.Join(", ", updates.Select(update => update.Kind))}");
    }

    private static CancellationToken Deadline() => new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System).Token;

    private static IEnumerable<T> Of<T>(IEnumerable<RealtimeServerUpdate> updates) => updates.OfType<T>();
}
