namespace Voice.Inference.Providers.Own;

/// <param name="ApiKey">The service's key. Sealed when it is kept, and never told again.</param>
internal sealed record OwnProviderBody(
    string? Name = null, string? Kind = null, string? ApiKey = null, Uri? BaseUrl = null, string? Region = null, string? Model = null, string? Voice = null,
    Dictionary<string, string>? Models = null, Dictionary<string, string>? Options = null, int? MaxConcurrent = null, double? RequestsPerSecond = null)
{
    private const int MaxText = 500;
    private const int MaxKey = 4_096;
    private const int MaxEntries = 50;

    /// <summary>What is said here over what there was.</summary>
    public ProviderSettings Over(ProviderSettings before) => new()
    {
        Kind = Kind ?? before.Kind,
        ApiKey = ApiKey ?? before.ApiKey,
        BaseUrl = BaseUrl ?? before.BaseUrl,
        Region = Region ?? before.Region,
        Model = Model ?? before.Model,
        Voice = Voice ?? before.Voice,
        Models = Models ?? before.Models,
        Options = Options ?? before.Options,
        MaxConcurrent = MaxConcurrent ?? before.MaxConcurrent,
        RequestsPerSecond = RequestsPerSecond ?? before.RequestsPerSecond,
        Local = false,
    };

    /// <summary>What is too long or has what does not belong; null where nothing is.</summary>
    public (string Problem, string Param)? Refuse() =>
        ApiKey is { Length: 0 or > MaxKey } || ApiKey?.Any(char.IsControl) == true ? ($"api_key must be 1 to {MaxKey} characters without line breaks.", "api_key")
        : Region is { } region && !(region.Length is > 0 and <= 40 && region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) ? ("region must be a name such as westeurope.", "region")
        : new[] { Model, Voice }.Any(text => text?.Length > MaxText) ? ($"model and voice may have {MaxText} characters.", "model")
        : BaseUrl?.OriginalString.Length > MaxText ? ($"base_url may have {MaxText} characters.", "base_url")
        : TooMuch(Models) ? ($"models may have {MaxEntries} names of at most {MaxText} characters.", "models")
        : TooMuch(Options) ? ($"options may have {MaxEntries} entries of at most {MaxText} characters.", "options")
        : null;

    private static bool TooMuch(Dictionary<string, string>? entries) =>
        entries is not null && (entries.Count > MaxEntries || entries.Any(entry => entry.Key.Length > MaxText || entry.Value is null or { Length: > MaxText }));
}
