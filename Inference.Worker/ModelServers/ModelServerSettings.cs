namespace Voice.Inference.ModelServers;

internal sealed class ModelServerSettings
{
    /// <summary>Of a server of OpenAI's REST API, with its version.</summary>
    public Uri? BaseUrl { get; set; }

    public string? Model { get; set; }

    /// <summary>What is asked of it before it is ready: a model's first answer compiles and fills caches, and no user shall wait for that.</summary>
    public ModelWarmUp WarmUp { get; set; } = ModelWarmUp.Chat;
}
