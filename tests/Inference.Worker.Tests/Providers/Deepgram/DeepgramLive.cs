using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Deepgram;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.Deepgram;

/// <summary><c>v1/listen</c>.</summary>
internal sealed class DeepgramLive : ILiveService
{
    public int SampleRate => 16_000;

    public string German => "language=de";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new DeepgramKind(http, time);

    public ProviderSettings Settings(Uri address) => new() { Kind = "deepgram", BaseUrl = address };

    public Task<LiveLine> AnswerAsync(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<LiveLine>(new Line(socket, request, cancellationToken));

    public string Asked(LiveLine line) => Uri.UnescapeDataString(line.Request.Target);

    internal sealed class Line(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken) : LiveLine(socket, request, cancellationToken)
    {
        public override Task PartialAsync(string text) => ResultAsync(text, UtteranceStart, TotalAudio, final: false, finalized: false);

        public override Task FinalAsync(string text) => ResultAsync(text, UtteranceStart, TotalAudio, final: true, finalized: true);

        /// <param name="from">Bytes of the stream.</param>
        public Task ResultAsync(string text, long from, long to, bool final, bool finalized) => SendAsync(JsonSerializer.Serialize(new
        {
            type = "Results",
            channel_index = new[] { 0, 1 },
            duration = (to - from) / 32_000.0,
            start = from / 32_000.0,
            is_final = final,
            speech_final = final,
            from_finalize = finalized,
            channel = new
            {
                alternatives = new[]
                {
                    new
                    {
                        transcript = text,
                        confidence = 0.9,
                        words = text.Split(' ').Select((word, i) => new
                        {
                            word, start = (from / 32_000.0) + (i * 0.01), end = (from / 32_000.0) + (i * 0.01) + 0.005, confidence = 0.8, punctuated_word = word + ".",
                        }),
                    },
                },
            },
            metadata = new { request_id = "r", model_info = new { name = "nova-3", version = "1", arch = "nova-3" }, model_uuid = "m" },
        }));

        public Task SendTextAsync(string text) => SendAsync(text);

        protected override Task<bool> TakeAsync(bool binary, byte[] message)
        {
            if (binary)
            {
                Add(message);
                return Task.FromResult(false);
            }

            var text = Encoding.UTF8.GetString(message);
            Said.Add(text);
            return Task.FromResult(text.Contains("\"Finalize\""));
        }
    }
}
