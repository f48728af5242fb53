using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Client;

/// <summary>
/// One session over as many connections as it takes, where that was asked for: a connection that breaks is replaced, with growing pauses,
/// for as long as the platform waits. Every event comes once and in order. One reader and any number of senders at a time.
/// </summary>
public sealed class RealtimeLink : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AcknowledgeEvery = TimeSpan.FromSeconds(1);

    /// <summary>A platform that neither takes nor refuses the way back within this is asked again.</summary>
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5);

    private readonly RealtimeEndpoint _endpoint;
    private readonly TimeProvider _time;
    private volatile RealtimeClient _client;
    private volatile bool _away;
    private volatile string? _token;
    private TimeSpan _limit;
    private long _last;
    private long _acknowledged;
    private long _acknowledgedAt;

    private RealtimeLink(RealtimeEndpoint endpoint, RealtimeClient client, TimeProvider time)
    {
        _endpoint = endpoint;
        _client = client;
        _time = time;
        _acknowledgedAt = time.GetTimestamp();
    }

    /// <summary>The connection is lost and looked for, or back and the reader has not yet taken in that it is.</summary>
    public bool Away => _away;

    /// <param name="resumable">Comes back by itself; else a connection that breaks ends the session.</param>
    public static async Task<RealtimeLink> OpenAsync(
        RealtimeEndpoint endpoint, string? agent, bool resumable, TimeProvider time, CancellationToken cancellationToken)
    {
        var client = resumable
            ? await RealtimeClient.ConnectAsync(endpoint, endpoint.ForAgent(agent, resumable: true), agent, keepAlive: true, time, cancellationToken)
            : await RealtimeClient.ConnectAsync(endpoint, agent, time, cancellationToken);
        return new RealtimeLink(endpoint, client, time);
    }

    /// <summary>False where nobody could be told: what was recorded while the connection was away is not wanted later.</summary>
    public Task<bool> AppendAudioAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) =>
        SentAsync(client => client.AppendAudioAsync(pcm, cancellationToken), cancellationToken);

    /// <summary>False where nobody could be told.</summary>
    public Task<bool> SendAsync(JsonObject clientEvent, CancellationToken cancellationToken) =>
        SentAsync(client => client.SendAsync(clientEvent, cancellationToken), cancellationToken);

    /// <summary>Says goodbye; the reader ends when the server has answered it.</summary>
    public Task CloseOutputAsync(CancellationToken cancellationToken) => _client.CloseOutputAsync(cancellationToken);

    /// <summary>
    /// Every event until the server closes normally, <c>voiceaspire.resumed</c> where the connection was replaced. Throws
    /// <see cref="RealtimeException"/> where the session is over or cannot be come back to.
    /// </summary>
    public async IAsyncEnumerable<RealtimeEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await ReadAsync(cancellationToken) is { } received)
        {
            if (received.Type == "session.created")
            {
                Remember(received);
            }

            if (_token is not null && Number(received) is { } number)
            {
                if (number <= _last)
                {
                    continue;
                }

                _last = number;
            }

            yield return received;
            _away = false;
            await AcknowledgeAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static long? Number(RealtimeEvent received) =>
        received.Text("event_id") is { } id && id.StartsWith("event_", StringComparison.Ordinal)
            && long.TryParse(id.AsSpan("event_".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;

    private void Remember(RealtimeEvent created)
    {
        if (created.Body.TryGetProperty("session", out var session) && session.ValueKind == JsonValueKind.Object
            && session.TryGetProperty("voiceaspire", out var extension) && extension.ValueKind == JsonValueKind.Object
            && extension.TryGetProperty("resume_token", out var token) && token.ValueKind == JsonValueKind.String
            && extension.TryGetProperty("resume_limit_ms", out var limit) && limit.ValueKind == JsonValueKind.Number)
        {
            _limit = TimeSpan.FromMilliseconds(limit.GetDouble());
            _token = token.GetString();
        }
    }

    private async Task<RealtimeEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _client.ReadAsync(cancellationToken);
        }
        catch (RealtimeException lost) when (_client.Broken && _token is not null)
        {
            return await ComeBackAsync(lost, cancellationToken);
        }
    }

    private async Task<bool> SentAsync(Func<RealtimeClient, Task> send, CancellationToken cancellationToken)
    {
        var client = _client;
        if (_token is null)
        {
            await send(client);
            return true;
        }

        try
        {
            if (!client.Broken)
            {
                await send(client);
                return true;
            }
        }
        catch (Exception failure) when (failure is RealtimeException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The reader finds out why.
        }

        return false;
    }

    private async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        if (_token is null || _last == _acknowledged || _time.GetElapsedTime(_acknowledgedAt) < AcknowledgeEvery)
        {
            return;
        }

        var last = _last;
        if (await SendAsync(new JsonObject { ["type"] = "voiceaspire.ack", ["last_event_id"] = $"event_{last}" }, cancellationToken))
        {
            _acknowledged = last;
            _acknowledgedAt = _time.GetTimestamp();
        }
    }

    private async Task<RealtimeEvent> ComeBackAsync(RealtimeException lost, CancellationToken cancellationToken)
    {
        _away = true;
        var since = _time.GetTimestamp();
        for (var delay = FirstDelay; ; delay = Shorter(delay * 2, LongestDelay))
        {
            var left = _limit - _time.GetElapsedTime(since);
            if (left <= TimeSpan.Zero)
            {
                throw lost;
            }

            // Somebody else's network broke at the same time: not all come back in the same moment.
            await Task.Delay(Shorter(delay * (0.5 + (Random.Shared.NextDouble() / 2)), left), _time, cancellationToken);
            if (await AttemptAsync(cancellationToken) is { } resumed)
            {
                return resumed;
            }
        }
    }

    /// <summary>Null where it is worth another attempt.</summary>
    private async Task<RealtimeEvent?> AttemptAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AttemptLimit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        RealtimeClient? client = null;
        RealtimeEvent? first = null;
        try
        {
            client = await RealtimeClient.ConnectAsync(_endpoint, _endpoint.ForResumption(_token!, _last), agent: null, keepAlive: true, _time, linked.Token);
            first = await client.ReadAsync(linked.Token);
            if (first?.Type != "voiceaspire.resumed")
            {
                throw new RealtimeException(
                    RealtimeFailure.ConnectionLost,
                    $"The connection to the platform was lost, and the way back is closed: {first?.Text("error", "message") ?? "the session has ended."}");
            }

            // A sender may hold the old one still; it has nothing left to release.
            _client = client;
            return first;
        }
        catch (RealtimeException failure) when (failure.Failure is RealtimeFailure.Unreachable or RealtimeFailure.Refused || client?.Broken == true)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (client is not null && client != _client)
            {
                await client.DisposeAsync();
            }
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
