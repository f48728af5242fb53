using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity;

/// <summary>
/// The public keys of the services that this one trusts. Asked for when a token names a key that is not known, and again in the background
/// after <see cref="KeptFor"/>: services start in any order, and a key is published before it signs. A service that is away has its keys
/// believed for <see cref="StaleFor"/> more.
/// </summary>
internal sealed partial class TrustedKeys : IDisposable
{
    public const string HttpClient = "identity-keys";
    public const string Path = "/.well-known/service-keys.json";

    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan StaleFor = TimeSpan.FromHours(1);

    /// <summary>Tokens with made-up key ids must not make us ask more often than this.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(3);
    private const int MaxBytes = 64 * 1024;

    private readonly IReadOnlyList<Source> _sources;
    private readonly IHttpClientFactory _clients;
    private readonly TimeProvider _time;
    private readonly ILogger<TrustedKeys> _logger;
    private readonly SemaphoreSlim _asking = new(1);

    public TrustedKeys(IOptions<IdentityOptions> options, IConfiguration configuration, IHttpClientFactory clients, TimeProvider time, ILogger<TrustedKeys> logger)
    {
        (_clients, _time, _logger) = (clients, time, logger);
        _sources = [.. options.Value.Trusted.SelectMany(issuer => Create(issuer, options.Value, configuration))];
    }

    public static Uri? AddressOf(IConfiguration configuration, string service) =>
        Uri.TryCreate(configuration[$"services:{service}:https:0"] ?? configuration[$"services:{service}:http:0"], UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
            ? uri
            : null;

    /// <returns>Whose key it is; null where nobody's that is trusted.</returns>
    public (TrustedIssuer Issuer, VerificationKey Key)? Find(string kid)
    {
        foreach (var source in _sources)
        {
            if (source.Keys.TryGetValue(kid, out var key) && !IsOlderThan(source, KeptFor + StaleFor))
            {
                return (source.Issuer, key);
            }
        }

        return null;
    }

    /// <summary>Whether it is time to ask again, while what is known goes on.</summary>
    public bool IsStale => _sources.Any(source => source.Address is not null && IsOlderThan(source, KeptFor) && MayAsk(source));

    /// <returns>False where somebody could not be asked.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            var complete = true;
            foreach (var source in _sources)
            {
                if (source.Address is not null && MayAsk(source))
                {
                    source.Asked = _time.GetTimestamp();
                    source.Failed = !await AskAsync(source, cancellationToken);
                }

                complete &= !source.Failed;
            }

            return complete;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private static IEnumerable<Source> Create(TrustedIssuer issuer, IdentityOptions options, IConfiguration configuration)
    {
        if (options.TrustedKeys.TryGetValue(issuer.Name, out var keys) && !string.IsNullOrEmpty(keys))
        {
            yield return new Source(issuer, null) { Keys = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(keys))! };
        }

        if (AddressOf(configuration, issuer.Name) is { } address)
        {
            yield return new Source(issuer, new Uri(address, Path));
        }
    }

    private bool MayAsk(Source source) => source.Asked is not { } asked || _time.GetElapsedTime(asked) >= AskEvery;

    private bool IsOlderThan(Source source, TimeSpan age) =>
        source.Address is not null && (source.Read is not { } read || _time.GetElapsedTime(read) > age);

    private async Task<bool> AskAsync(Source source, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AskLimit, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var client = _clients.CreateClient(HttpClient);
            client.MaxResponseContentBufferSize = MaxBytes;
            using var request = new HttpRequestMessage(HttpMethod.Get, source.Address);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(JsonWebKeySet.ContentType));
            using var response = await client.SendAsync(request, ending.Token);
            response.EnsureSuccessStatusCode();
            if (JsonWebKeySet.TryParse(await response.Content.ReadAsByteArrayAsync(ending.Token)) is not { Count: > 0 } keys)
            {
                Log.NoKeys(_logger, source.Issuer.Name);
                return false;
            }

            (source.Keys, source.Read) = (keys, _time.GetTimestamp());
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && limit.IsCancellationRequested))
        {
            Log.NotAsked(_logger, source.Issuer.Name, exception.GetType().Name);
            return false;
        }
    }

    private sealed record Source(TrustedIssuer Issuer, Uri? Address)
    {
        public IReadOnlyDictionary<string, VerificationKey> Keys { get; set; } = new Dictionary<string, VerificationKey>();

        public long? Asked { get; set; }

        public long? Read { get; set; }

        public bool Failed { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The keys of {Service} could not be asked for ({Failure}); those that are known go on for a while.")]
        public static partial void NotAsked(ILogger logger, string service, string failure);

        [LoggerMessage(2, LogLevel.Warning, "{Service} answered with no keys.")]
        public static partial void NoKeys(ILogger logger, string service);
    }
}
