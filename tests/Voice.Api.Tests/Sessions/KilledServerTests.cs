using System.Net.WebSockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Voice.Api.Tests.Support;
using Voice.Offline.Servers;

namespace Voice.Api.Tests.Sessions;

/// <summary>The service as a process of its own, which is killed in the middle of a conversation over the public protocol.</summary>
public sealed partial class KilledServerTests
{
    [Fact]
    public async Task What_was_stored_survives_the_kill_and_the_next_server_ends_the_session_once()
    {
        await using var inference = await FakeInference.StartAsync();
        inference.Chat = FakeInference.Events(
            """{"id":"c1","choices":[{"index":0,"delta":{"content":"We open at eight."},"finish_reason":"stop"}]}""", "[DONE]");
        inference.Speech = context => context.Response.Body.WriteAsync(Tone.Level(1000, TimeSpan.FromSeconds(0.5))).AsTask();
        inference.Transcription = async (socket, cancellationToken) =>
        {
            await socket.AgreeAsync(cancellationToken);
            await socket.ReceiveJsonAsync(cancellationToken);
        };
        var api = new VoiceApi();
        await api.InitializeAsync();
        try
        {
            string sessionId;
            await using (var server = await StartServerAsync(api, inference))
            {
                using var socket = new ClientWebSocket();
                sessionId = await ConverseAsync(server, socket);
                await Deadline.Until(async () => await api.Database.ScalarAsync<int>(
                    $"select turn_count from voice.sessions where id = '{sessionId}'") == 1, TimeSpan.FromMinutes(1));
                await Deadline.Until(async () => await api.BlobAsync("recordings", $"org_default/{sessionId}.wav") is not null, TimeSpan.FromMinutes(1));
                server.Process.Signal(UnixSignal.Kill);
                await server.Process.Exited.OrTimeout();
            }

            Assert.Equal("active", await api.Database.ScalarAsync<string>($"select status from voice.sessions where id = '{sessionId}'"));
            Assert.True(WavFile.Parse((await api.BlobAsync("recordings", $"org_default/{sessionId}.wav"))!).Seconds > 0);

            await using var successor = await StartServerAsync(api, inference);
            await Deadline.Until(
                async () => await api.Database.ScalarAsync<string>($"select end_reason from voice.sessions where id = '{sessionId}'") == "server_lost",
                TimeSpan.FromMinutes(2));
            Assert.Equal(["SessionStarted", "TurnCompleted", "SessionEnded"], await api.PublishedAsync(sessionId));
            using var transcript = JsonDocument.Parse((await api.BlobAsync("transcripts", $"org_default/{sessionId}.json"))!);
            var turn = transcript.RootElement.GetProperty("turns")[0];
            Assert.Equal("when do you open", turn.GetProperty("transcript").GetString());
        }
        finally
        {
            await api.DisposeAsync();
        }
    }

    /// <summary>Half a second of silence, and a typed question that is answered.</summary>
    private static async Task<string> ConverseAsync(Server server, ClientWebSocket socket)
    {
        socket.Options.SetRequestHeader("Authorization", $"Bearer {TestIdentity.Token()}");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Port}/v1/realtime?agent=receptionist"), CancellationToken.None).OrTimeout();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1), TimeProvider.System);
        var created = await socket.ReceiveJsonAsync(limit.Token);
        Assert.Equal("session.created", created.GetProperty("type").GetString());
        var silence = Convert.ToBase64String(Tone.Level(0, TimeSpan.FromSeconds(0.5)));
        await socket.SendAsync($$"""{"type":"input_audio_buffer.append","audio":"{{silence}}"}""", limit.Token);
        await socket.SendAsync(
            """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"when do you open"}]}}""",
            limit.Token);
        await socket.SendAsync("""{"type":"response.create"}""", limit.Token);
        while ((await socket.ReceiveJsonAsync(limit.Token)).GetProperty("type").GetString() != "response.done")
        {
            // Deltas on the way to the end of the reply.
        }

        return created.GetProperty("session").GetProperty("id").GetString()!;
    }

    private static async Task<Server> StartServerAsync(VoiceApi api, FakeInference inference)
    {
        var listening = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = await ChildProcess.StartAsync(
            new ChildProcessOptions
            {
                FileName = "dotnet",
                Arguments = [typeof(Program).Assembly.Location],
                WorkingDirectory = Path.GetDirectoryName(typeof(Program).Assembly.Location)!,
                Environment = new Dictionary<string, string?>
                {
                    ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                    ["Auth__SigningKey"] = TestIdentity.SigningKey,
                    ["Auth__TrustedKeys__gateway"] = TestIdentity.TrustedKeys,
                    ["ConnectionStrings__voicedb"] = api.Database.ConnectionString,
                    ["ConnectionStrings__cache"] = (await BackingServers.RedisAsync()).ConnectionString,
                    ["ConnectionStrings__blobs"] = (await BackingServers.AzuriteAsync()).ConnectionString,
                    ["services__inference-worker__http__0"] = inference.Address.ToString(),
                    ["Sessions__HeartbeatInterval"] = "00:00:00.200",
                    ["Sessions__OrphanAfter"] = "00:00:02",
                    ["Sessions__SweepInterval"] = "00:00:01",
                    ["Sessions__RecordingInterval"] = "00:00:00.200",
                },
                OnLine = line =>
                {
                    if (Listening().Match(line) is { Success: true } match)
                    {
                        listening.TrySetResult(int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
                    }
                },
            },
            CancellationToken.None).OrTimeout();
        return new Server(process, await listening.Task.OrTimeout(TimeSpan.FromMinutes(1)));
    }

    [GeneratedRegex(@"Now listening on: http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();

    private sealed record Server(ChildProcess Process, int Port) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }
}
