namespace Voice.ServiceDefaults.Identity;

/// <summary>The services of the platform as the app model names them: who signs tokens, and who they are for.</summary>
public static class ServiceNames
{
    public const string Gateway = "gateway";
    public const string VoiceApi = "voice-api";
    public const string Inference = "inference-worker";
    public const string Safety = "safety-worker";
    public const string Export = "export-worker";
    public const string Web = "web";

    /// <summary>From the program's name: <c>Voice.Api</c> is <c>voice-api</c>.</summary>
    public static string Of(string applicationName) => applicationName.ToLowerInvariant().Replace('.', '-');
}
