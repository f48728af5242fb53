using System.Net.WebSockets;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>One service of live transcription: how its adapter is configured, and what its server speaks.</summary>
internal interface ILiveService
{
    IProviderKind Kind(ProviderHttp http, TimeProvider time);

    ProviderSettings Settings(Uri address);

    /// <summary>Agrees upon whatever the protocol agrees upon first.</summary>
    Task<LiveLine> AnswerAsync(WebSocket socket, ProviderRequest request, CancellationToken cancellationToken);

    /// <summary>What the service was told about language and likely words, of everything that it was told.</summary>
    string Asked(LiveLine line);

    /// <summary>Hz that the service takes as they are.</summary>
    int SampleRate { get; }

    /// <summary>As the service writes German.</summary>
    string German { get; }
}
