using Voice.Gateway.Authentication;

namespace Voice.Gateway.Routing;

/// <summary>
/// Everything that passes through. A path that is not here and not one of the gateway's own endpoints belongs to the web app, except
/// below <c>/api</c> and <c>/v1</c>, where it is a 404.
/// </summary>
internal static class RouteTable
{
    public const string VoiceApi = "voice-api";
    public const string Inference = "inference-worker";
    public const string Safety = "safety-worker";
    public const string Export = "export-worker";
    public const string Web = "web";

    // Audio uploads as OpenAI limits them, with room for the multipart framing around the file.
    private const long AudioUpload = 26 * ServiceRoute.Megabyte;

    // Models may think for minutes before the first byte.
    private static readonly TimeSpan ModelTimeout = TimeSpan.FromMinutes(5);

    // Clients send audio all the time; ten silent minutes mean that nobody is there.
    private static readonly TimeSpan ConversationTimeout = TimeSpan.FromMinutes(10);

    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    public static IReadOnlyList<string> Services { get; } = [VoiceApi, Inference, Safety, Export, Web];

    public static IReadOnlyList<ServiceRoute> Routes { get; } =
    [
        new("realtime", "/v1/realtime", VoiceApi) { IdleTimeout = ConversationTimeout },
        new("client-secrets", "/v1/realtime/client_secrets", VoiceApi) { Methods = [HttpMethods.Post] },
        new("agents", "/api/v1/agents/{**rest}", VoiceApi),
        new("sessions", "/api/v1/sessions/{**rest}", VoiceApi),
        new("api-document", "/api/v1/openapi.json", VoiceApi) { Methods = Reads },
        // The signature in the query is the credential; the service checks it.
        new("recording", "/api/v1/sessions/{id}/recording/content", VoiceApi) { Policy = GatewayPolicies.Anonymous, Methods = Reads },
        new("interventions", "/api/v1/sessions/{id}/interventions", Safety),
        new("exports", "/api/v1/sessions/{id}/exports", Export),

        new("audio", "/v1/audio/{**rest}", Inference) { MaxBodyBytes = AudioUpload, IdleTimeout = ModelTimeout },
        new("chat", "/v1/chat/completions", Inference) { MaxBodyBytes = 4 * ServiceRoute.Megabyte, IdleTimeout = ModelTimeout },
        new("models", "/v1/models/{**rest}", Inference),
        new("translations", "/v1/translations", Inference) { IdleTimeout = ModelTimeout },

        new("sign-in-page", "/sign-in", Web) { Policy = GatewayPolicies.Anonymous, Methods = Reads },
        new("assets", "/ui/{**rest}", Web) { Policy = GatewayPolicies.Anonymous, Methods = Reads },
        new("icon", "/favicon.svg", Web) { Policy = GatewayPolicies.Anonymous, Methods = Reads },
        new("web", "/{**rest}", Web),

        .. Services.Select(service => new ServiceRoute($"metrics-{service}", $"/metrics/{service}", service)
        {
            Policy = GatewayPolicies.Operator,
            Methods = Reads,
            ServicePath = "/metrics",
        }),
    ];
}
