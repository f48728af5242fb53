using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

/// <summary>Engines that stall, break off or talk nonsense on the wire: the client is told, hears or reads something, and the next turn is as ever.</summary>
public sealed class RealtimeProviderFaultTests(ProviderFaultHost faults) : IClassFixture<ProviderFaultHost>
{
    private const string FirstWords = """{"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"We are open. But "},"finish_reason":null}]}""";

    private RealtimeHost Host => faults.Realtime;

    [Theory]
    [InlineData("silent")]
    [InlineData("cut off at once")]
    [InlineData("a web page")]
    [InlineData("nothing at all")]
    [InlineData("events that are no JSON")]
    [InlineData("silent after its first words")]
    [InlineData("cut off after its first words")]
    public async Task A_model_that_fails_on_the_wire_is_apologised_for_in_words_and_sound(string fault)
    {
        var works = Host.Inference.Chat;
        await using var client = await BeginAsync();
        try
        {
            var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Host.Inference.Chat = context => FailAsync(context, fault, async begun =>
            {
                await FakeInference.Events(FirstWords)(begun);
                // A connection that is cut off takes with it what was not read.
                await told.Task.OrTimeout();
            });
            await client.SpeakAsync();
            if (fault.EndsWith("first words", StringComparison.Ordinal))
            {
                await client.UntilAsync("response.output_audio_transcript.delta");
                told.SetResult();
            }

            var turn = await client.UntilAsync("voiceaspire.turn");

            Assert.Contains("I cannot answer right now.", turn.GetProperty("reply").GetString(), StringComparison.Ordinal);
            Assert.Equal(fault.EndsWith("first words", StringComparison.Ordinal), turn.GetProperty("reply").GetString()!.StartsWith("We are open.", StringComparison.Ordinal));
            Assert.Contains("response.output_audio.delta", client.Types);
            Assert.Contains("error", client.Types);
            Assert.Equal("failed", Done(client).GetProperty("status").GetString());
        }
        finally
        {
            Host.Inference.Chat = works;
        }

        await AskAsync(client);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("cut off at once")]
    [InlineData("a web page")]
    [InlineData("nothing at all")]
    [InlineData("silent after its first words")]
    [InlineData("cut off after its first words")]
    public async Task A_voice_that_fails_on_the_wire_leaves_the_words_and_is_told_of(string fault)
    {
        var works = Host.Inference.Speech;
        await using var client = await BeginAsync();
        try
        {
            Host.Inference.Speech = context => FailAsync(context, fault, async begun =>
            {
                await begun.Response.Body.WriteAsync(Tone.Level(8_000, TimeSpan.FromMilliseconds(100)));
                await begun.Response.Body.FlushAsync();
            });
            await client.SpeakAsync();
            var turn = await client.UntilAsync("voiceaspire.turn");

            Assert.StartsWith("We are open", turn.GetProperty("reply").GetString(), StringComparison.Ordinal);
            Assert.Contains(client.Types, type => type is "error" or "voiceaspire.provider");
        }
        finally
        {
            Host.Inference.Speech = works;
        }

        await AskAsync(client);
    }

    [Theory]
    [InlineData("cut off")]
    [InlineData("no JSON")]
    public async Task A_transcription_that_breaks_under_an_utterance_costs_none_of_its_words(string fault)
    {
        var works = Host.Inference.Transcription;
        try
        {
            Host.Inference.Transcription = (socket, stop) => FailAsync(socket, fault, stop);
            await using var client = await BeginAsync();
            // The stream that is open fails; those after it do not.
            await Deadline.Until(() => Task.FromResult(faults.BrokenStreams > 0));
            Host.Inference.Transcription = works;
            await AskAsync(client);
            await AskAsync(client);
        }
        finally
        {
            Host.Inference.Transcription = works;
        }
    }

    [Fact]
    public async Task A_transcription_that_never_answers_is_apologised_for_and_the_next_is_heard()
    {
        var works = Host.Inference.Transcription;
        await using var client = await BeginAsync(silent: true);
        try
        {
            await client.SpeakAsync();
            await client.UntilAsync("conversation.item.input_audio_transcription.failed");
            var lost = await client.UntilAsync("voiceaspire.turn");
            Assert.Equal((1, "", ""), (lost.GetProperty("sequence").GetInt32(), lost.GetProperty("transcript").GetString(), lost.GetProperty("reply").GetString()));
            var said = await client.UntilAsync("response.output_audio_transcript.done");

            Assert.Contains("I did not catch that", said.GetProperty("transcript").GetString(), StringComparison.Ordinal);
            Assert.Contains("response.output_audio.delta", client.Types);
            await client.UntilAsync("response.done");
        }
        finally
        {
            Host.Inference.Transcription = works;
        }

        foreach (var stream in faults.TakeSilent())
        {
            stream.Abort();
        }

        await AskAsync(client);
        await client.CloseAsync();
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString();
        await Deadline.Until(async () => await Host.Api.Database.ScalarAsync<string>(
            $"select string_agg(sequence || ':' || transcript, ' ' order by sequence) from voice.turns where session_id = '{id}'") == "1: 2:when are you open");
    }

    private static JsonElement Done(RealtimeClient client) => client.Events.Last(e => RealtimeClient.Type(e) == "response.done").GetProperty("response");

    private static async Task FailAsync(HttpContext context, string fault, RequestDelegate begin)
    {
        if (fault.EndsWith("first words", StringComparison.Ordinal))
        {
            await begin(context);
        }

        switch (fault)
        {
            case "nothing at all":
                break;
            case "a web page":
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<html>Welcome to the router.</html>");
                break;
            case "events that are no JSON":
                await FakeInference.Events("{\"choices\":[", "\u0007\u0007")(context);
                break;
            case var _ when fault.StartsWith("silent", StringComparison.Ordinal):
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            default:
                context.Abort();
                break;
        }
    }

    /// <summary>A question that is answered in full.</summary>
    private static async Task AskAsync(RealtimeClient client)
    {
        var before = client.Events.Count;
        await client.SpeakAsync();
        var turn = await client.UntilAsync("voiceaspire.turn");

        Assert.Equal("when are you open", turn.GetProperty("transcript").GetString());
        Assert.Equal("We are open from nine to five. On Saturday until noon.", turn.GetProperty("reply").GetString());
        Assert.Contains("response.output_audio.delta", client.Types.Skip(before));
        Assert.Equal("completed", Done(client).GetProperty("status").GetString());
    }

    private async Task FailAsync(WebSocket socket, string fault, CancellationToken stop)
    {
        await socket.AgreeAsync(stop);
        faults.Broke();
        while ((await socket.ReceiveJsonAsync(stop)).GetProperty("type").GetString() != "input_audio_buffer.commit")
        {
            // Until the utterance is over.
        }

        if (fault == "cut off")
        {
            socket.Abort();
            return;
        }

        await socket.SendAsync("completed? maybe", stop);
        try
        {
            await socket.ReceiveJsonAsync(stop);
        }
        catch (WebSocketException)
        {
            // The service has had enough of it.
        }
    }

    private async Task<RealtimeClient> BeginAsync(bool silent = false)
    {
        faults.Begin();
        if (silent)
        {
            Host.Inference.Transcription = faults.KeepSilentAsync;
        }

        var client = await Host.BeginAsync();
        // All that is said is sent at once: the next question would interrupt the apology before.
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","interrupt_response":false}}}}}""");
        await client.UntilAsync("session.updated");
        return client;
    }
}
