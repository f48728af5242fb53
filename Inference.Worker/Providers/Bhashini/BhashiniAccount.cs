using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Voice.Core.Providers;
using Voice.Inference.Providers.Speech;

namespace Voice.Inference.Providers.Bhashini;

/// <summary>
/// Tasks of AI4Bharat's models: at Bhashini, whose directory says for each task and language where it runs and with which key, or at a Dhruva server of
/// the operator's.
/// </summary>
internal sealed class BhashiniAccount(ProviderHttp http, TimeProvider time, ProviderSettings settings)
{
    public const string Who = "Bhashini";
    public const string UserId = "UserId";
    public const string PipelineId = "PipelineId";
    public const string ServiceId = "ServiceId";

    private const string PublicPipeline = "64392f96daac500b55c543cd";
    private const int LongestAnswer = 64 * 1024 * 1024;
    private const int MaxRoutes = 256;

    private static readonly TimeSpan RouteLifetime = TimeSpan.FromHours(1);
    private static readonly Uri Directory = new("https://meity-auth.ulcacontrib.org");

    // By task and language, both of lists of ours.
    private readonly ConcurrentDictionary<(string Task, string Language), Route> _routes = new();

    /// <summary>Without a user the address is a server's own.</summary>
    public static bool IsDirect(ProviderSettings settings) => !settings.Options.ContainsKey(UserId);

    /// <param name="task"><c>asr</c>, <c>tts</c>.</param>
    /// <param name="language">As the service has it: <c>hi</c>.</param>
    /// <param name="config">Of the task, besides language and service.</param>
    /// <returns>The answer: <c>{"pipelineResponse":[…]}</c>.</returns>
    public async Task<byte[]> RunAsync(string task, string language, JsonObject config, JsonObject input, CancellationToken cancellationToken)
    {
        var route = await RouteAsync(task, language, cancellationToken);
        config["language"] = new JsonObject { ["sourceLanguage"] = language };
        if (route.ServiceId is { } service)
        {
            config["serviceId"] = service;
        }

        var body = new JsonObject
        {
            ["pipelineTasks"] = new JsonArray(new JsonObject { ["taskType"] = task, ["config"] = config }),
            ["inputData"] = input,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, route.Address) { Content = JsonContent.Create(body) };
        // The key is the whole header, without a scheme.
        request.Headers.TryAddWithoutValidation(route.KeyName, route.Key);
        try
        {
            using var response = await http.SendAsync(request, Who, settings.Timeout, cancellationToken);
            return await SpeechStreams.ReadWholeAsync(response, LongestAnswer, Who, settings.Timeout, time, cancellationToken);
        }
        catch (ProviderException)
        {
            // It may have moved, or the key it gave may have run out.
            _routes.TryRemove((task, language), out _);
            throw;
        }
    }

    /// <summary>The directory's word proves user and key; a server's own list of services proves its.</summary>
    public async Task CheckAsync(string task, CancellationToken cancellationToken)
    {
        if (!IsDirect(settings))
        {
            await AskDirectoryAsync(task, "hi", cancellationToken);
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, Address("services/details/list_services"));
        request.Headers.TryAddWithoutValidation("Authorization", settings.ApiKey);
        using var response = await http.SendAsync(request, Who, settings.Timeout, cancellationToken);
    }

    /// <summary><c>{"pipelineInferenceAPIEndPoint":{"callbackUrl":"…","inferenceApiKey":{"name":"Authorization","value":"…"}},"pipelineResponseConfig":[{"taskType":"tts","config":[{"serviceId":"…"}]}]}</c></summary>
    internal static (Uri Address, string KeyName, string Key, string? ServiceId) ParseRoute(ReadOnlyMemory<byte> answer)
    {
        using var document = VoiceLists.Parse(answer, Who);
        var root = document.RootElement;
        var endpoint = VoiceLists.Member(root, "pipelineInferenceAPIEndPoint");
        var key = VoiceLists.Member(endpoint, "inferenceApiKey");
        var service = VoiceLists.Items(root, "pipelineResponseConfig").SelectMany(task => VoiceLists.Items(task, "config"))
            .Select(config => VoiceLists.Text(config, "serviceId")).FirstOrDefault(id => id is not null);
        return Uri.TryCreate(VoiceLists.Text(endpoint, "callbackUrl"), UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && VoiceLists.Text(key, "value") is { Length: > 0 } value && IsToken(VoiceLists.Text(key, "name") ?? "Authorization")
            ? (address, VoiceLists.Text(key, "name") ?? "Authorization", value, service)
            : throw ProviderBody.Unreadable(Who);
    }

    private static bool IsToken(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private async ValueTask<Route> RouteAsync(string task, string language, CancellationToken cancellationToken)
    {
        if (IsDirect(settings))
        {
            return new Route(Address("services/inference/pipeline"), "Authorization", settings.ApiKey!, settings.Options.GetValueOrDefault(ServiceId), DateTimeOffset.MaxValue);
        }

        if (_routes.TryGetValue((task, language), out var known) && known.Until > time.GetUtcNow())
        {
            return known;
        }

        var route = await AskDirectoryAsync(task, language, cancellationToken);
        if (_routes.Count < MaxRoutes)
        {
            _routes[(task, language)] = route;
        }

        return route;
    }

    private async Task<Route> AskDirectoryAsync(string task, string language, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["pipelineTasks"] = new JsonArray(new JsonObject
            {
                ["taskType"] = task,
                ["config"] = new JsonObject { ["language"] = new JsonObject { ["sourceLanguage"] = language } },
            }),
            ["pipelineRequestConfig"] = new JsonObject { ["pipelineId"] = settings.Options.GetValueOrDefault(PipelineId, PublicPipeline) },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("ulca/apis/v0/model/getModelsPipeline")) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("userID", settings.Options[UserId]);
        request.Headers.TryAddWithoutValidation("ulcaApiKey", settings.ApiKey);
        using var response = await http.SendAsync(request, Who, settings.Timeout, cancellationToken);
        var (address, name, key, service) = ParseRoute(await SpeechStreams.ReadWholeAsync(response, LongestAnswer, Who, settings.Timeout, time, cancellationToken));
        return new Route(address, name, key, service, time.GetUtcNow() + RouteLifetime);
    }

    private Uri Address(string path) => new($"{(settings.BaseUrl ?? Directory).AbsoluteUri.TrimEnd('/')}/{path}");

    private sealed record Route(Uri Address, string KeyName, string Key, string? ServiceId, DateTimeOffset Until);
}
