using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Usage;

namespace Voice.Gateway.Routing;

/// <summary>
/// Everything that passes through. A path that is not here and not one of the gateway's own endpoints belongs to the web app, except
/// below <c>/api</c> and <c>/v1</c>, where it is a 404.
/// </summary>
internal static class RouteTable
{
    public const string VoiceApi = ServiceNames.VoiceApi;
    public const string Inference = ServiceNames.Inference;
    public const string Safety = ServiceNames.Safety;
    public const string Export = ServiceNames.Export;
    public const string Web = ServiceNames.Web;

    public const string ClientSecrets = "client-secrets";

    // Audio uploads as OpenAI limits them, with room for the multipart framing around the file.
    private const long AudioUpload = 26 * ServiceRoute.Megabyte;

    // Four hours of the largest audio that people have; the service says it in bytes.
    private const long WholeRecording = 3 * 1024 * ServiceRoute.Megabyte;

    // Files of a run, with its other inputs beside them.
    private const long PipelineUpload = 28 * ServiceRoute.Megabyte;

    // Models may think for minutes before the first byte.
    private static readonly TimeSpan ModelTimeout = TimeSpan.FromMinutes(5);

    // Clients send audio all the time; ten silent minutes mean that nobody is there.
    private static readonly TimeSpan ConversationTimeout = TimeSpan.FromMinutes(10);

    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    private static readonly string[] Changes = [HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete];

    public static IReadOnlyList<string> Services { get; } = [VoiceApi, Inference, Safety, Export, Web];

    public static IReadOnlyList<ServiceRoute> Routes { get; } =
    [
        new("realtime", "/v1/realtime", VoiceApi) { Scope = Scopes.SessionsWrite, IdleTimeout = ConversationTimeout, MaxResponseBytes = null, Meter = UsageKinds.Sessions },
        new(ClientSecrets, "/v1/realtime/client_secrets", VoiceApi) { Scope = Scopes.SessionsWrite, Methods = [HttpMethods.Post] },
        new("agents", "/api/v1/agents/{**rest}", VoiceApi) { Scope = Scopes.AgentsRead, Methods = Reads, Compressed = true },
        new("agents-changes", "/api/v1/agents/{**rest}", VoiceApi) { Scope = Scopes.AgentsWrite, Methods = Changes },
        // Who may use an agent is the members' administration, not the agent's.
        new("agent-access", "/api/v1/agents/{id}/access", VoiceApi) { Scope = Scopes.MembersManage },
        new("sessions", "/api/v1/sessions/{**rest}", VoiceApi) { Scope = Scopes.SessionsRead, Methods = Reads, Compressed = true },
        new("sessions-changes", "/api/v1/sessions/{**rest}", VoiceApi) { Scope = Scopes.SessionsWrite, Methods = Changes },
        // The signature in the query is the credential; the service checks it.
        new("recording", "/api/v1/sessions/{id}/recording/content", VoiceApi) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("interventions", "/api/v1/sessions/{id}/interventions", Safety) { Scope = Scopes.SessionsRead, Compressed = true },
        new("exports", "/api/v1/sessions/{id}/exports", Export) { Scope = Scopes.SessionsRead, Compressed = true },

        new("audio", "/v1/audio/{**rest}", Inference) { Scope = Scopes.SpeechUse, MaxBodyBytes = AudioUpload, MaxResponseBytes = null, IdleTimeout = ModelTimeout },
        new("speech", "/v1/audio/speech", Inference) { Scope = Scopes.SpeechUse, MaxResponseBytes = null, IdleTimeout = ModelTimeout, Meter = UsageKinds.Characters },
        new("transcriptions", "/v1/audio/transcriptions", Inference)
        {
            Scope = Scopes.SpeechUse, MaxBodyBytes = AudioUpload, IdleTimeout = ModelTimeout, Meter = UsageKinds.AudioSeconds,
        },
        new("audio-translations", "/v1/audio/translations", Inference)
        {
            Scope = Scopes.SpeechUse, MaxBodyBytes = AudioUpload, IdleTimeout = ModelTimeout, Meter = UsageKinds.AudioSeconds,
        },
        new("chat", "/v1/chat/completions", Inference)
        {
            Scope = Scopes.SpeechUse, MaxBodyBytes = 4 * ServiceRoute.Megabyte, IdleTimeout = ModelTimeout, Meter = UsageKinds.Tokens,
        },
        new("uploads", "/api/v1/uploads/{**rest}", Inference) { Scope = Scopes.SpeechUse, MaxBodyBytes = WholeRecording },
        new("transcription-jobs", "/api/v1/transcription-jobs/{**rest}", Inference) { Scope = Scopes.SpeechUse },
        // Counted when they are over; whether there is quota left is asked before they begin.
        new("transcription-jobs-new", "/api/v1/transcription-jobs", Inference) { Scope = Scopes.SpeechUse, Methods = [HttpMethods.Post], Meter = UsageKinds.AudioSeconds },
        new("models", "/v1/models/{**rest}", Inference) { Scope = Scopes.SpeechUse, Compressed = true },
        new("providers", "/api/v1/providers/{**rest}", Inference) { Scope = Scopes.SpeechUse, Methods = Reads, Compressed = true },
        new("providers-changes", "/api/v1/providers/{**rest}", Inference) { Scope = Scopes.ProvidersWrite, Methods = Changes },
        new("providers-usage", "/api/v1/providers/usage", Inference) { Scope = Scopes.UsageRead, Methods = Reads, Compressed = true },
        new("translate", "/api/v1/translate", Inference) { Scope = Scopes.SpeechUse, Methods = [HttpMethods.Post], IdleTimeout = ModelTimeout, Meter = UsageKinds.Characters },
        new("languages", "/api/v1/languages", Inference) { Scope = Scopes.SpeechUse, Methods = Reads, Compressed = true },
        new("voices", "/api/v1/voices/{**rest}", Inference) { Scope = Scopes.SpeechUse, Methods = Reads, Compressed = true },
        new("translations", "/v1/translations", Inference) { Scope = Scopes.SpeechUse, IdleTimeout = ModelTimeout, Meter = UsageKinds.Characters },

        new("pipelines", "/api/v1/pipelines/{**rest}", Inference) { Scope = Scopes.PipelinesRead, Methods = Reads, Compressed = true },
        new("pipelines-changes", "/api/v1/pipelines/{**rest}", Inference) { Scope = Scopes.PipelinesWrite, Methods = Changes },
        new("pipelines-check", "/api/v1/pipelines/check", Inference) { Scope = Scopes.PipelinesRead, Methods = [HttpMethods.Post] },
        new("pipelines-runs", "/api/v1/pipelines/{id}/runs", Inference) { Scope = Scopes.PipelinesWrite, Methods = [HttpMethods.Post], MaxBodyBytes = PipelineUpload },
        new("pipelines-bulk-runs", "/api/v1/pipelines/{id}/bulk-runs", Inference) { Scope = Scopes.PipelinesWrite, Methods = [HttpMethods.Post], MaxBodyBytes = PipelineUpload },
        new("pipeline-runs", "/api/v1/pipeline-runs/{**rest}", Inference) { Scope = Scopes.PipelinesRead, Methods = Reads, MaxResponseBytes = null },
        new("pipeline-runs-changes", "/api/v1/pipeline-runs/{**rest}", Inference) { Scope = Scopes.PipelinesWrite, Methods = Changes },
        new("pipeline-bulk-runs", "/api/v1/pipeline-bulk-runs/{**rest}", Inference) { Scope = Scopes.PipelinesRead, Methods = Reads },
        new("pipeline-bulk-runs-changes", "/api/v1/pipeline-bulk-runs/{**rest}", Inference) { Scope = Scopes.PipelinesWrite, Methods = Changes },
        new("pipeline-files", "/api/v1/pipeline-files/{**rest}", Inference) { Scope = Scopes.PipelinesRead, Methods = Reads, MaxResponseBytes = null },

        new("sign-in-page", "/sign-in", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("sign-in-code-page", "/sign-in/code", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        // Who comes from a provider proves there that the account with their address is theirs: signed in is what they are not yet.
        new("sign-in-link-page", "/sign-in/link", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("sign-up-page", "/sign-up", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("verify-page", "/sign-up/verify", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("forgot-password-page", "/forgot-password", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("reset-password-page", "/reset-password", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("invitation-page", "/invitation", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("assets", "/ui/{**rest}", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        // Partners read before they sign up.
        new("docs", "/docs/{**rest}", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("icon", "/favicon.svg", Web) { Open = true, Methods = Reads, MaxResponseBytes = null },
        new("web", "/{**rest}", Web) { MaxResponseBytes = null },

        .. Services.Select(service => new ServiceRoute($"metrics-{service}", $"/metrics/{service}", service)
        {
            Scope = Scopes.PlatformRead,
            Methods = Reads,
            ServicePath = "/metrics",
        }),
    ];
}
