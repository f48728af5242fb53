using Voice.Core.Providers.ChatCompletions;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>The settings of the three kinds that speak OpenAI's REST API, checked and read.</summary>
internal static class OpenAiSettings
{
    public const string ApiVersion = "ApiVersion";
    public const string Dialect = "Dialect";

    /// <summary>What the server is for; everything it is known to do where it is left out.</summary>
    public const string Serves = "Serves";

    private const string NoAddress = "Providers:<name>:BaseUrl must be an absolute http or https URL";

    private static readonly Uri PublicAddress = new("https://api.openai.com/v1");

    private static readonly Dictionary<string, ChatCompletionsDialect> Dialects = new(StringComparer.OrdinalIgnoreCase)
    {
        ["generic"] = ChatCompletionsDialect.Compatible,
        ["vllm"] = ChatCompletionsDialect.Compatible,
        ["llama.cpp"] = ChatCompletionsDialect.Compatible,
        ["speaches"] = ChatCompletionsDialect.Compatible,
        ["whisper.cpp"] = ChatCompletionsDialect.Compatible,
        ["ollama"] = ChatCompletionsDialect.Ollama,
        ["openai"] = ChatCompletionsDialect.OpenAi,
    };

    public static IEnumerable<string> CheckOpenAi(ProviderSettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.ApiKey))
        {
            yield return "Providers:<name>:ApiKey is required: a key of OpenAI's platform.";
        }

        if (settings.BaseUrl is { } address && !IsHttp(address))
        {
            yield return $"{NoAddress}, or be left out for OpenAI's own.";
        }
    }

    /// <summary>Without a key the service's own identity is asked for a token, where the address is Azure's.</summary>
    public static IEnumerable<string> CheckAzure(ProviderSettings settings)
    {
        if (!IsHttp(settings.BaseUrl))
        {
            yield return $"{NoAddress}: the resource's, such as https://my-resource.openai.azure.com.";
        }

        if (settings.Options.GetValueOrDefault(ApiVersion) is { } version && (version.Length < 10 || !DateOnly.TryParseExact(version[..10], "yyyy-MM-dd", out _)))
        {
            yield return $"Providers:<name>:Options:{ApiVersion} must be the date of an API version such as 2024-10-21, or be left out for the v1 API.";
        }
    }

    public static IEnumerable<string> CheckCompatible(ProviderSettings settings)
    {
        if (!IsHttp(settings.BaseUrl))
        {
            yield return $"{NoAddress} with its version, such as http://127.0.0.1:8000/v1.";
        }

        if (settings.Options.GetValueOrDefault(Dialect) is { } dialect && !Dialects.ContainsKey(dialect))
        {
            yield return $"Providers:<name>:Options:{Dialect} must be one of {string.Join(", ", Dialects.Keys)}.";
        }
    }

    /// <summary>What is the same for all kinds.</summary>
    public static IEnumerable<string> CheckAny(ProviderSettings settings)
    {
        if (settings.Options.GetValueOrDefault(Serves) is { } list && list.Split(',', StringSplitOptions.TrimEntries).Any(item => !Enum.TryParse<Capability>(item, ignoreCase: true, out _)))
        {
            yield return $"Providers:<name>:Options:{Serves} must be a list of transcription, speech, chat with commas between, or be left out.";
        }

        foreach (var problem in OpenAiSpeech.Check(settings))
        {
            yield return problem;
        }
    }

    public static IReadOnlyList<Capability> Served(ProviderSettings settings) => settings.Options.GetValueOrDefault(Serves) is { } list
        ? [.. list.Split(',', StringSplitOptions.TrimEntries).Select(item => Enum.Parse<Capability>(item, ignoreCase: true))]
        : Enum.GetValues<Capability>();

    public static OpenAiEndpoint OpenAi(ProviderSettings settings) => From("OpenAI", settings.BaseUrl ?? PublicAddress, settings);

    public static OpenAiEndpoint Azure(ProviderSettings settings)
    {
        var version = settings.Options.GetValueOrDefault(ApiVersion);
        // The resource's address is enough, and a whole one is taken as well.
        var root = settings.BaseUrl!.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var marked = root.IndexOf("/openai", StringComparison.OrdinalIgnoreCase);
        var resource = marked < 0 ? root : root[..marked];
        return From("Azure OpenAI", new Uri(resource + (version is null ? "/openai/v1" : "/openai")), settings) with { KeyInHeaderOfAzure = true, ApiVersion = version };
    }

    public static OpenAiEndpoint Compatible(string name, ProviderSettings settings) =>
        From($"The model server '{name}'", settings.BaseUrl!, settings) with { Dialect = Dialects[settings.Options.GetValueOrDefault(Dialect, "generic")] };

    /// <summary>On this machine, or where the operator says so: nothing that is said leaves machines of ours.</summary>
    public static bool IsLocal(ProviderSettings settings) =>
        bool.TryParse(settings.Options.GetValueOrDefault("Local"), out var said) ? said : settings.BaseUrl is { IsLoopback: true };

    private static OpenAiEndpoint From(string who, Uri address, ProviderSettings settings) => new(who, address)
    {
        Key = settings.ApiKey,
        Model = settings.Model,
        Models = settings.Models,
        Timeout = settings.Timeout,
    };

    private static bool IsHttp(Uri? address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
