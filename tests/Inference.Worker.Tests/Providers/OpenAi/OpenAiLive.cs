using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voice.Inference.Providers;
using Voice.Inference.Providers.OpenAi;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.OpenAi;

/// <summary>A realtime session of transcription, of OpenAI's own or in a resource of Azure.</summary>
internal sealed class OpenAiLive(bool azure) : ILiveService
{
    public int SampleRate => 24_000;

    public string German => "\"language\":\"de\"";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) =>
        azure ? new AzureOpenAiKind(new OpenAiProviders(http, time)) : new OpenAiKind(new OpenAiProviders(http, time));

    public ProviderSettings Settings(Uri address) => azure
        ? new() { Kind = "azure-openai", BaseUrl = address, ApiKey = "set by the suite", Options = { ["TranscriptionModel"] = "deployment" } }
        : new() { Kind = "openai", BaseUrl = new Uri(address, "v1"), ApiKey = "set by the suite" };

    public async Task<LiveLine> AnswerAsync(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken)
    {
        Assert.Equal(azure ? "/openai/v1/realtime?intent=transcription" : "/v1/realtime?intent=transcription", request.Target);
        var line = new Line(socket, request, cancellationToken);
        await line.ConfigureAsync();
        return line;
    }

    public string Asked(LiveLine line) => line.Said[0];

    internal sealed class Line(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken) : LiveLine(socket, request, cancellationToken)
    {
        private int _item;
        private bool _committed;

        private string Item => $"item_{_item}";

        public async Task ConfigureAsync()
        {
            await EventAsync("session.created", new { session = new { type = "transcription" } });
            while (Said.Count == 0)
            {
                await ReceiveAsync();
            }

            await EventAsync("session.updated", new { session = new { type = "transcription" } });
        }

        // Each text replaces the one before in the suite; here they are appended.
        public override Task PartialAsync(string text)
        {
            var known = _partial;
            _partial = text;
            return text.StartsWith(known, StringComparison.Ordinal)
                ? EventAsync("conversation.item.input_audio_transcription.delta", new { item_id = Item, content_index = 0, delta = text[known.Length..] })
                : throw new InvalidOperationException("Deltas only add.");
        }

        private string _partial = "";

        public override async Task FinalAsync(string text)
        {
            _partial = "";
            var item = Item;
            if (_committed)
            {
                _item++;
                _committed = false;
                await EventAsync("conversation.item.input_audio_transcription.completed", new { item_id = item, content_index = 0, transcript = text, usage = new { type = "duration", seconds = 1 } });
            }
        }

        public Task EventAsync(string type, object fields)
        {
            var body = (JsonObject)JsonSerializer.SerializeToNode(fields)!;
            body["type"] = type;
            body["event_id"] = "event_1";
            return SendAsync(body.ToJsonString());
        }

        protected override async Task<bool> TakeAsync(bool binary, byte[] message)
        {
            Assert.False(binary);
            var said = JsonNode.Parse(message)!;
            switch ((string)said["type"]!)
            {
                case "input_audio_buffer.append":
                    Add(Convert.FromBase64String((string)said["audio"]!));
                    return false;
                case "input_audio_buffer.commit":
                    _committed = true;
                    await EventAsync("input_audio_buffer.committed", new { item_id = Item });
                    return true;
                case "input_audio_buffer.clear":
                    return true;
                default:
                    Said.Add(Encoding.UTF8.GetString(message));
                    return false;
            }
        }
    }
}
