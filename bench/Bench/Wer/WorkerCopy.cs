using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Bench.Running;
using Voice.Core.Audio;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;

namespace Voice.Bench.Wer;

/// <summary>An inference worker of its own on a free port, with its default configuration.</summary>
internal sealed class WorkerCopy : IAsyncDisposable
{
    private const string SigningKey = "a-signing-key-made-up-for-one-benchmark";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ClipTimeout = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Uri _address;
    private readonly string _token;

    private WorkerCopy(Process process, Uri address, string token) => (_process, _address, _token) = (process, address, token);

    public static async Task<WorkerCopy> StartAsync(BenchmarkContext context, CancellationToken cancellationToken, Dictionary<string, string>? settings = null)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(context.RepositoryRoot, "Inference.Worker/bin/Release/net10.0/Inference.Worker.dll")])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(context.RepositoryRoot, "Inference.Worker"),
        };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        var keys = new MemorySigningKeys();
        start.Environment["Auth__SigningKey"] = SigningKey;
        start.Environment["Auth__TrustedKeys__gateway"] = start.Environment["Auth__TrustedKeys__voice-api"] = keys.Published.ToJson();
        start.Environment["Logging__LogLevel__Default"] = "Warning";

        // One decoder at a time, so that the figure is one stream's and not that of a crowd starting up.
        start.Environment["Engines__Decoders__Warm"] = "1";
        foreach (var (name, value) in settings ?? [])
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new BenchmarkException("The worker does not start.");
        process.OutputDataReceived += (_, line) => context.Progress.WriteLine(line.Data);
        process.BeginOutputReadLine();
        var tokens = new IdentityTokens(keys, ServiceNames.Gateway, context.Time);
        var worker = new WorkerCopy(process, address, tokens.Issue(new Caller("org_bench", "bench", "service", "bench") { Scopes = ScopeSet.Everything }, ServiceNames.Inference, TimeSpan.FromHours(2)));
        await worker.WaitAsync(context.Time, cancellationToken);
        return worker;
    }

    public HttpClient CreateClient()
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", _token);
        return client;
    }

    public async Task<HeardClip> TranscribeAsync(LabelledClip clip, string model, string? prompt, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ClipTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await WaitAsync(time, stop.Token);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_token}");
        await socket.ConnectAsync(new UriBuilder(_address) { Scheme = "ws", Path = "/v1/realtime", Query = "intent=transcription" }.Uri, stop.Token);
        var rate = clip.Audio.SampleRate is 8_000 or 16_000 or 24_000 or 48_000 ? clip.Audio.SampleRate : 24_000;
        await SendAsync(socket, Update(rate, model, prompt), stop.Token);
        await ReceiveAsync(socket, "session.updated", stop.Token);

        var started = time.GetTimestamp();
        var pcm = clip.Audio.Resample(rate).ToPcm();
        var block = Pcm16.Length(TimeSpan.FromMilliseconds(20), rate);
        for (var at = 0; at < pcm.Length; at += block)
        {
            await socket.SendAsync(pcm.AsMemory(at, Math.Min(block, pcm.Length - at)), WebSocketMessageType.Binary, true, stop.Token);
        }

        await SendAsync(socket, new JsonObject { ["type"] = "input_audio_buffer.commit" }, stop.Token);
        var final = await ReceiveAsync(socket, "conversation.item.input_audio_transcription.completed", stop.Token);
        var elapsed = time.GetElapsedTime(started);
        var memory = DecoderMemory();
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "OK", stop.Token);
        return new HeardClip((string?)final["transcript"] ?? "", (double?)final["confidence"] ?? 0, elapsed, memory);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static JsonObject Update(int rate, string model, string? prompt) => new()
    {
        ["type"] = "session.update",
        ["session"] = new JsonObject
        {
            ["type"] = "transcription",
            ["audio"] = new JsonObject
            {
                ["input"] = new JsonObject
                {
                    ["format"] = new JsonObject { ["type"] = "audio/pcm", ["rate"] = rate },
                    ["transcription"] = new JsonObject { ["model"] = model, ["language"] = "en", ["prompt"] = prompt },
                },
            },
        },
    };

    private static Task SendAsync(ClientWebSocket socket, JsonObject message, CancellationToken cancellationToken) =>
        socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancellationToken);

    private static async Task<JsonNode> ReceiveAsync(ClientWebSocket socket, string type, CancellationToken cancellationToken)
    {
        var buffer = new byte[256 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            var message = part is { EndOfMessage: true, MessageType: WebSocketMessageType.Text } ? JsonNode.Parse(buffer.AsSpan(0, part.Count)) : null;
            switch ((string?)message?["type"])
            {
                case null or "error" or "conversation.item.input_audio_transcription.failed":
                    throw new BenchmarkException($"The worker refused: {(string?)message?["error"]?["message"] ?? "it closed the connection"}");
                case var received when received == type:
                    return message!;
            }
        }
    }

    /// <summary>
    /// The largest decoder process of this worker, in MB of memory that is its own (proportional set size): the one that has worked. The
    /// warm one for the next call is the other.
    /// </summary>
    private double DecoderMemory()
    {
        var largest = 0.0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => char.IsAsciiDigit(Path.GetFileName(f)[0])))
        {
            try
            {
                var parent = File.ReadAllText(Path.Combine(folder, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
                if (parent == $"{_process.Id}" && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains("\0decoder\0"))
                {
                    var pss = File.ReadLines(Path.Combine(folder, "smaps_rollup")).First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
                    largest = Math.Max(largest, double.Parse(pss.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024);
                }
            }
            catch (IOException)
            {
                // It ended while it was looked at.
            }
        }

        return largest;
    }

    private async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = _address };
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                if ((await http.GetAsync("/health", cancellationToken)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (_process.HasExited || time.GetElapsedTime(started) > StartTimeout)
            {
                throw new BenchmarkException("The worker does not become healthy; is PocketSphinx installed? ./run.sh installs it.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
