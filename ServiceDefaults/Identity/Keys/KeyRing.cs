using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voice.ServiceDefaults.Identity.Jwt;

namespace Voice.ServiceDefaults.Identity.Keys;

/// <summary>
/// The keys of one purpose, read at the start and again every <see cref="Interval"/>: by then every replica has a key that another made,
/// long before that key signs. What is in memory goes on where the database is away.
/// </summary>
public sealed partial class KeyRing : BackgroundService, ISigningKeys
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly KeyStore _store;
    private readonly KeySchedule _schedule;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile IReadOnlyList<StoredKey> _keys = [];

    internal KeyRing(KeyStore store, KeySchedule schedule, TimeProvider time, ILogger<KeyRing> logger) =>
        (_store, _schedule, _time, _logger) = (store, schedule, time, logger);

    public SigningKey Current
    {
        get
        {
            var (keys, now) = (_keys, _time.GetUtcNow());
            return (keys.LastOrDefault(key => key.SignsFrom <= now) ?? keys.FirstOrDefault())?.Key
                ?? throw new InvalidOperationException("There is no signing key: the service has not started.");
        }
    }

    public JsonWebKeySet Published => new([.. _keys.Select(key => key.Key.Public)]);

    public VerificationKey? Find(string kid)
    {
        foreach (var key in _keys)
        {
            if (key.Key.Kid == kid)
            {
                return key.Key.Verification;
            }
        }

        return null;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Without a key nothing can be signed: a service that cannot read its keys does not start.
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public async Task RefreshAsync(CancellationToken cancellationToken) => _keys = await _store.LoadAsync(_schedule, cancellationToken);

    /// <param name="compromised">The old keys are in somebody else's hands: they end now, and with them every token they signed.</param>
    /// <returns>The id of the key that takes over.</returns>
    public async Task<string> RotateAsync(bool compromised, CancellationToken cancellationToken)
    {
        var kid = await _store.RotateAsync(_schedule, compromised, cancellationToken);
        await RefreshAsync(cancellationToken);
        Log.Rotated(_logger, _schedule.Purpose, kid, compromised);
        return kid;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RefreshAsync(stoppingToken);
                }
                catch (NpgsqlException exception)
                {
                    Log.NotRefreshed(_logger, _schedule.Purpose, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The {Purpose} signing keys could not be read again; those in memory go on.")]
        public static partial void NotRefreshed(ILogger logger, string purpose, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The {Purpose} signing key {KeyId} takes over (compromised: {Compromised}).")]
        public static partial void Rotated(ILogger logger, string purpose, string keyId, bool compromised);
    }
}
