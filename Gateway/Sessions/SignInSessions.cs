using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Voice.ServiceDefaults;

namespace Voice.Gateway.Sessions;

/// <summary>
/// Starts, checks, lists and revokes sign-in sessions. Every request with a cookie or an access token is checked: in memory for
/// <see cref="SignInSessionOptions.CheckEvery"/>, then in Redis. Revocations are told to all gateways by pub/sub. Redis gone: sessions that were
/// seen alive within <see cref="SignInSessionOptions.Grace"/> go on, all others are refused; none is started.
/// </summary>
internal sealed partial class SignInSessions(
    SessionStore store, IConnectionMultiplexer redis, IOptions<SignInSessionOptions> options, TimeProvider time, ILogger<SignInSessions> logger) : IHostedService
{
    private const int Capacity = 50_000;
    private const int MaxDeviceLength = 200;

    /// <summary>An id of ours is shorter; what is longer is not worth a question to Redis.</summary>
    private const int MaxIdLength = 64;

    private static readonly RedisChannel Ended = new("auth:session-ended", RedisChannel.PatternMode.Literal);

    // A server that hangs must not hang every request.
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AwayFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    private long _awaySince;

    /// <exception cref="SessionsUnavailableException">Redis is away.</exception>
    public async Task<SignInSession> StartAsync(
        string userId, string organizationId, string? device, string? address, string method, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new SignInSession(
            Ids.New("ses", time), userId, organizationId, Shown(device), address ?? "unknown", method, now, now, now + options.Value.Absolute, now);
        await LimitedAsync(() => store.StartAsync(session), cancellationToken);
        Keep(session);
        return session;
    }

    public async ValueTask<SessionCheck> CheckAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length is 0 or > MaxIdLength)
        {
            return SessionCheck.Ended;
        }

        var known = _known.GetValueOrDefault(id);
        if (known is not null && time.GetElapsedTime(known.VerifiedAt) < options.Value.CheckEvery && known.Session.EndsAt > time.GetUtcNow())
        {
            return new SessionCheck(known.Session, false);
        }

        // After a failure Redis is left alone for a moment; the grace decides meanwhile.
        if (Interlocked.Read(ref _awaySince) is var away and not 0 && time.GetElapsedTime(away) < AwayFor)
        {
            return WithoutRedis(known);
        }

        try
        {
            var session = await LimitedAsync(() => store.TouchAsync(id), cancellationToken);
            Interlocked.Exchange(ref _awaySince, 0);
            if (session is null)
            {
                _known.TryRemove(id, out _);
                return SessionCheck.Ended;
            }

            Keep(session);
            return new SessionCheck(session, false);
        }
        catch (SessionsUnavailableException exception)
        {
            Interlocked.Exchange(ref _awaySince, time.GetTimestamp());
            Log.NotChecked(logger, exception.InnerException!.GetType().Name);
            return WithoutRedis(known);
        }
    }

    /// <summary>The latest used first.</summary>
    /// <exception cref="SessionsUnavailableException">Redis is away.</exception>
    public Task<IReadOnlyList<SignInSession>> ListAsync(string userId, CancellationToken cancellationToken) =>
        LimitedAsync(() => store.ListAsync(userId), cancellationToken);

    /// <returns>False where the user has no such session.</returns>
    /// <exception cref="SessionsUnavailableException">Redis is away: the session is not revoked.</exception>
    public async Task<bool> RevokeAsync(string userId, string id, CancellationToken cancellationToken)
    {
        if (id.Length is 0 or > MaxIdLength || !await LimitedAsync(() => store.RemoveAsync(userId, id), cancellationToken))
        {
            return false;
        }

        await ForgetEverywhereAsync(id, cancellationToken);
        return true;
    }

    /// <summary>For a changed password, a disabled account, "sign out everywhere".</summary>
    /// <param name="except">The session that goes on; null for none.</param>
    /// <returns>The ids of those that were ended.</returns>
    /// <exception cref="SessionsUnavailableException">Redis is away.</exception>
    public async Task<IReadOnlyList<string>> RevokeAllAsync(string userId, string? except, CancellationToken cancellationToken)
    {
        var revoked = new List<string>();
        foreach (var session in await ListAsync(userId, cancellationToken))
        {
            if (session.Id != except && await RevokeAsync(userId, session.Id, cancellationToken))
            {
                revoked.Add(session.Id);
            }
        }

        return revoked;
    }

    /// <summary>The user has proved again who they are.</summary>
    /// <returns>False where the session has ended.</returns>
    /// <exception cref="SessionsUnavailableException">Redis is away.</exception>
    public async Task<bool> ProveAsync(string userId, string id, CancellationToken cancellationToken)
    {
        var proven = await LimitedAsync(() => store.ProveAsync(userId, id), cancellationToken);
        await ForgetEverywhereAsync(id, cancellationToken);
        return proven;
    }

    /// <summary>The user works in another organization from now on; that they may, the caller has checked.</summary>
    /// <returns>False where the session has ended.</returns>
    public async Task<bool> SwitchOrganizationAsync(string userId, string id, string organizationId, CancellationToken cancellationToken)
    {
        var switched = await LimitedAsync(() => store.SwitchAsync(userId, id, organizationId), cancellationToken);
        await ForgetEverywhereAsync(id, cancellationToken);
        return switched;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(Ended, (_, id) => Forget((string?)id)).WaitAsync(RedisLimit, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The client subscribes by itself once the server is there; until then CheckEvery bounds what is believed.
            Log.NotSubscribed(logger, exception.GetType().Name);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Shown(string? device)
    {
        var text = string.Concat((device ?? "").Where(c => !char.IsControl(c)));
        return text.Length switch { 0 => "unknown", > MaxDeviceLength => text[..MaxDeviceLength], _ => text };
    }

    private SessionCheck WithoutRedis(Entry? known) =>
        known is not null && time.GetElapsedTime(known.VerifiedAt) < options.Value.Grace && known.Session.EndsAt > time.GetUtcNow()
            ? new SessionCheck(known.Session, false)
            : SessionCheck.NotKnown;

    private void Keep(SignInSession session)
    {
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }

        _known[session.Id] = new Entry(session, time.GetTimestamp());
    }

    private void Forget(string? id)
    {
        if (id is not null)
        {
            _known.TryRemove(id, out _);
        }
    }

    private async Task ForgetEverywhereAsync(string id, CancellationToken cancellationToken)
    {
        Forget(id);
        try
        {
            await LimitedAsync(() => redis.GetSubscriber().PublishAsync(Ended, id), cancellationToken);
        }
        catch (SessionsUnavailableException)
        {
            // It is gone from Redis; the others notice within CheckEvery.
        }
    }

    private static async Task<T> LimitedAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action().WaitAsync(RedisLimit, TimeProvider.System, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new SessionsUnavailableException(exception);
        }
    }

    private static Task LimitedAsync(Func<Task> action, CancellationToken cancellationToken) => LimitedAsync(
        async () =>
        {
            await action();
            return true;
        },
        cancellationToken);

    private sealed record Entry(SignInSession Session, long VerifiedAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A sign-in session could not be checked: {Failure}")]
        public static partial void NotChecked(ILogger logger, string failure);

        [LoggerMessage(2, LogLevel.Warning, "Revocations are not heard of yet, and are felt within seconds instead: {Failure}")]
        public static partial void NotSubscribed(ILogger logger, string failure);
    }
}
