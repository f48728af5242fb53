using System.Globalization;
using System.Net.Http.Json;
using Microsoft.Extensions.AI;
using Voice.Bench.Running;
using Voice.Bench.Wer;
using Voice.Core.Providers;
using Voice.Core.Simulation;

namespace Voice.Bench.Rest;

/// <summary>
/// What OpenAI's REST shape costs over the engine itself: the simulated engine is called in this process and over HTTP, one after the other in turn, so that both
/// see the same machine. Then many streams at the same time.
/// </summary>
internal sealed class RestBenchmark : IBenchmark
{
    private const string FirstOutput = "00:00:00.020";

    public string Name => "rest";

    public string Description => "overhead of the REST shape over the engine itself, and streams at the same time";

    public IReadOnlyList<string> Figures => ["chat_overhead_p50_ms", "speech_overhead_p50_ms", "streams"];

    public IReadOnlyList<string> Builds => ["Inference.Worker/Inference.Worker.csproj"];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var (rounds, streams) = (context.Integer("rounds", 300, 10, 100_000), context.Integer("streams", 500, 1, 5_000));
        await using var worker = await WorkerCopy.StartAsync(context, cancellationToken, new()
        {
            ["Engines__Simulated__FirstToken"] = FirstOutput,
            ["Engines__Simulated__FirstAudio"] = FirstOutput,
            ["Engines__Speakers__Warm"] = "0",
        });
        using var client = worker.CreateClient();
        var first = TimeSpan.Parse(FirstOutput, CultureInfo.InvariantCulture);
        var options = new SimulationOptions { FirstToken = first, FirstAudio = first };
        using var chat = new SimulatedChatClient(options, context.Time);
        var speech = new SimulatedSynthesizer(options, context.Time);
        var chatOverhead = await OverheadAsync(
            context, rounds, () => FirstAsync(chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello.")], null, cancellationToken)), () => FirstByteAsync(client, "/v1/chat/completions", Chat, cancellationToken));
        var speechOverhead = await OverheadAsync(
            context, rounds, () => FirstAsync(speech.SynthesizeAsync(new SpeechRequest("Hello there.", "en"), cancellationToken)), () => FirstByteAsync(client, "/v1/audio/speech", Speech, cancellationToken));
        var whole = await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => WholeAsync(client, cancellationToken)));
        return new Dictionary<string, double> { ["chat_overhead_p50_ms"] = chatOverhead, ["speech_overhead_p50_ms"] = speechOverhead, ["streams"] = whole.Count(complete => complete) };
    }

    private static object Chat => new { model = "simulated", stream = true, messages = new[] { new { role = "user", content = "Hello." } } };

    private static object Speech => new { model = "simulated", input = "Hello there.", response_format = "pcm" };

    /// <summary>The difference of the medians, in ms; the first tenth of the rounds warms both up.</summary>
    private static async Task<double> OverheadAsync(BenchmarkContext context, int rounds, Func<Task> itself, Func<Task> overHttp)
    {
        var (own, http) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (call, times) in new[] { (itself, own), (overHttp, http) })
            {
                var started = context.Time.GetTimestamp();
                await call();
                if (round >= rounds / 10)
                {
                    times.Add(context.Time.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        await context.Progress.WriteLineAsync(FormattableString.Invariant(
            $"itself p50 {Percentiles.Of(own, 50):0.00} p99 {Percentiles.Of(own, 99):0.00} ms, over HTTP p50 {Percentiles.Of(http, 50):0.00} p99 {Percentiles.Of(http, 99):0.00} ms"));
        return Percentiles.Of(http, 50) - Percentiles.Of(own, 50);
    }

    private static async Task FirstAsync<T>(IAsyncEnumerable<T> outputs)
    {
        await foreach (var _ in outputs)
        {
            return;
        }
    }

    private static async Task FirstByteAsync(HttpClient client, string path, object body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(client, path, body, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await stream.ReadExactlyAsync(new byte[1], cancellationToken);
        // The rest, so that the connection is used again.
        await stream.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static async Task<bool> WholeAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(client, "/v1/chat/completions", Chat, cancellationToken);
        return (await response.Content.ReadAsStringAsync(cancellationToken)).EndsWith("data: [DONE]\n\n", StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.IsSuccessStatusCode ? response : throw new BenchmarkException($"{path} answered {(int)response.StatusCode}.");
    }
}
