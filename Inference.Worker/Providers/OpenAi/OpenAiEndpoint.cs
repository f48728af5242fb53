using System.Net.Http.Headers;
using Voice.Core.Providers.ChatCompletions;
using Voice.Inference.Engines;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>Where a server of OpenAI's REST API is, how it wants its key, and which of its models is meant.</summary>
internal sealed record OpenAiEndpoint(string Who, Uri BaseUrl)
{
    private const string Default = "default";

    /// <summary>Sent as a bearer token, or as <c>api-key</c>; null for servers that want none.</summary>
    public string? Key { get; init; }

    public bool KeyInHeaderOfAzure { get; init; }

    /// <summary>Of Azure's dated API: <c>2024-10-21</c>; a model is then a part of the path.</summary>
    public string? ApiVersion { get; init; }

    public string? Model { get; init; }

    public IReadOnlyDictionary<string, string> Models { get; init; } = new Dictionary<string, string>();

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public ChatCompletionsDialect Dialect { get; init; } = ChatCompletionsDialect.OpenAi;

    /// <summary>The server that <c>Engines:&lt;capability&gt;</c> names.</summary>
    public static OpenAiEndpoint From(CapabilityOptions options) => new("The configured model server", options.BaseUrl!)
    {
        Key = options.ApiKey,
        Model = options.Model,
        Models = options.Models,
        Timeout = options.Timeout,
        Dialect = ChatCompletionsDialect.Compatible,
    };

    /// <summary>The server's own name of the model that is asked for.</summary>
    public string? ModelOf(string? asked) => string.IsNullOrEmpty(asked) || asked == Default ? Model : Models.GetValueOrDefault(asked, asked);

    public IReadOnlyList<string> KnownModels => [.. Models.Keys.Concat(Model is null ? [] : [Model]).Distinct()];

    /// <param name="path">Below the version: <c>chat/completions</c>.</param>
    public HttpRequestMessage Post(string path, string? model, HttpContent content)
    {
        var below = ApiVersion is null ? path : $"deployments/{Uri.EscapeDataString(model ?? "")}/{path}";
        return Request(HttpMethod.Post, below, content);
    }

    public HttpRequestMessage Get(string path) => Request(HttpMethod.Get, path, null);

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content)
    {
        var version = ApiVersion is null ? "" : $"?api-version={Uri.EscapeDataString(ApiVersion)}";
        var request = new HttpRequestMessage(method, $"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}{version}") { Content = content };
        if (string.IsNullOrEmpty(Key))
        {
            return request; // Azure's requests without one go out as this service's identity.
        }

        if (KeyInHeaderOfAzure)
        {
            request.Headers.Add("api-key", Key);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        }

        return request;
    }
}
