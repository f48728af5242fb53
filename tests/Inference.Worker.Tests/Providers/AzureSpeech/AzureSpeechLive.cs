using System.Net.WebSockets;
using Voice.Inference.Providers;
using Voice.Inference.Providers.AzureSpeech;
using Voice.Inference.Tests.Providers.Hearing;

namespace Voice.Inference.Tests.Providers.AzureSpeech;

internal sealed class AzureSpeechLive : ILiveService
{
    public int SampleRate => 16_000;

    public string German => "de-DE";

    public IProviderKind Kind(ProviderHttp http, TimeProvider time) => new AzureSpeechKind(http, time);

    public ProviderSettings Settings(Uri address) => new() { Kind = "azure-speech", BaseUrl = address, ApiKey = "set by the suite" };

    public Task<LiveLine> AnswerAsync(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<LiveLine>(new AzureSpeechLine(socket, request, cancellationToken));

    public string Asked(LiveLine line) => Uri.UnescapeDataString(line.Request.Target) + string.Join('\n', line.Said);
}
