using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Deepgram;

/// <summary><c>v2/listen</c>.</summary>
internal sealed class FluxLive : ILiveService
{
    public int SampleRate => 16_000;

    public string German => "language_hint=de";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new DeepgramKind(http, time);

    public ProviderSettings Settings(Uri address) => new() { Kind = "deepgram", BaseUrl = address, Model = "flux-general-multi" };

    public async Task<LiveLine> AnswerAsync(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken)
    {
        var line = new Line(socket, request, cancellationToken);
        await line.ConnectedAsync();
        return line;
    }

    public string Asked(LiveLine line) => Uri.UnescapeDataString(line.Request.Target);

    internal sealed class Line(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken) : LiveLine(socket, request, cancellationToken)
    {
        private int _sequence;

        public Task ConnectedAsync() => SendAsync(JsonSerializer.Serialize(new { type = "Connected", request_id = "r", sequence_id = _sequence++ }));

        public override Task PartialAsync(string text) => TurnAsync("Update", text, null);

        public override Task FinalAsync(string text) => TurnAsync("EndOfTurn", text, "manual");

        public Task TurnAsync(string what, string text, string? trigger) => SendAsync(JsonSerializer.Serialize(new
        {
            type = "TurnInfo",
            request_id = "r",
            sequence_id = _sequence++,
            @event = what,
            turn_index = 0,
            audio_window_start = UtteranceStart / 32_000.0,
            audio_window_end = TotalAudio / 32_000.0,
            transcript = text,
            words = text.Split(' ').Select(word => new { word, confidence = 0.7 }),
            end_of_turn_confidence = 0.5,
            trigger,
        }));

        protected override Task<bool> TakeAsync(bool binary, byte[] message)
        {
            if (binary)
            {
                Add(message);
                return Task.FromResult(false);
            }

            Said.Add(Encoding.UTF8.GetString(message));
            return Task.FromResult(Said[^1].Contains("ForceEndTurn"));
        }
    }
}
