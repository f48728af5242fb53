using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Voice.Inference.Providers;

/// <summary><c>Providers:&lt;name&gt;</c>: one account with one service, or one server. Which of them a kind needs is its own to say.</summary>
internal sealed class ProviderSettings
{
    [Required(ErrorMessage = "Providers:<name>:Kind is required.")]
    public string Kind { get; set; } = "";

    /// <summary>Of a server, or instead of the service's public address. http, https, ws or wss.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The service's key. Never logged, never in an answer.</summary>
    [JsonIgnore]
    public string? ApiKey { get; set; }

    /// <summary>Of the cloud: <c>westeurope</c>.</summary>
    public string? Region { get; set; }

    /// <summary>The model for requests that name none.</summary>
    public string? Model { get; set; }

    /// <summary>Other names under which its models are asked for: <c>Models:gpt-4o-mini = qwen3-4b</c>.</summary>
    public Dictionary<string, string> Models { get; set; } = [];

    /// <summary>The voice for requests that name none.</summary>
    public string? Voice { get; set; }

    /// <summary>The longest wait for a first byte, and between two parts of a stream.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Providers:<name>:Timeout must be between 1 s and 10 min.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Runs on machines of the operator's, so that "local" may choose it; null for what the kind says.</summary>
    public bool? Local { get; set; }

    /// <summary>Who is asked where it does not answer, in this order: names of providers, with or without a model.</summary>
    public List<string> Fallbacks { get; set; } = [];

    /// <summary>Calls at a time, all capabilities together; null for no limit. A live stream is one call for as long as it is open.</summary>
    public int? MaxConcurrent { get; set; }

    /// <summary>Calls begun in a second; null for no limit.</summary>
    public double? RequestsPerSecond { get; set; }

    /// <summary>How long a call waits for its turn before it is refused.</summary>
    public TimeSpan QueueFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A language model that is slower than it nearly ever is, is asked a second time: who begins first is heard.</summary>
    public bool Hedge { get; set; } = true;

    /// <summary>What it costs here, instead of what the kind knows: <c>Prices:Chat:PerMillionInputTokens = 0.15</c>.</summary>
    public Dictionary<string, ProviderPrice> Prices { get; set; } = [];

    /// <summary>What only this kind of service has, by name: <c>Options:Project</c>.</summary>
    public Dictionary<string, string> Options { get; set; } = [];
}
