using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>One service of transcription of recordings: how its adapter is configured, and what its server answers.</summary>
internal interface IFileService
{
    IProviderKind Kind(ProviderHttp http, TimeProvider time);

    ProviderSettings Settings(Uri address);

    /// <summary>Where recordings go; what goes elsewhere is answered by <see cref="Other"/>.</summary>
    string Path { get; }

    string ContentType => "application/json";

    /// <summary>The whole answer; times in seconds, where the service has them.</summary>
    string Body(params (double Start, double End, string Text)[] segments);

    /// <summary>What it answers to requests that are no transcription: a configuration, a list. Null for 404.</summary>
    string? Other(ProviderRequest request) => null;

    /// <summary>The WAV file within a request.</summary>
    byte[] Audio(ProviderRequest request);

    /// <summary>Whether parts are asked for as they come.</summary>
    bool Streaming => false;

    bool HasTimes => true;

    /// <summary>Whether likely words can be told.</summary>
    bool TakesPrompt => true;

    /// <summary>One that it has; its own word for it is <see cref="Asked"/>.</summary>
    string Language => "de";

    string Asked { get; }
}
