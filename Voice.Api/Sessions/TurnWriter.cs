using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace Voice.Api.Sessions;

/// <summary>Stores completed turns, and what responses cost, in order, each until it is stored.</summary>
internal sealed partial class TurnWriter(SessionDescriptor session, SessionJournalServices services)
{
    // A turn is never dropped: a full queue refuses it while the conversation can still say so.
    private readonly Channel<Entry> _queue = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(services.Options.TurnBuffer) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private int _count;

    public void Add(TurnRecord turn) => Add(new Entry(Storable(turn), null, Activity.Current?.Context ?? default));

    public void Add(ResponseTokens response) => Add(new Entry(null, response, Activity.Current?.Context ?? default));

    private void Add(Entry entry)
    {
        if (!_queue.Writer.TryWrite(entry))
        {
            throw new InvalidOperationException($"The journal of {session.Id} takes no more turns: it has ended, or the database was away for too long.");
        }
    }

    public void Complete() => _queue.Writer.TryComplete();

    public async Task RunAsync(CancellationToken stop)
    {
        // Each turn brings its own trace; the request that opened the session is not the parent of all of them.
        Activity.Current = null;
        await services.Live.SetAsync(Live(lastTurnAt: null));
        while (await _queue.Reader.WaitToReadAsync(stop))
        {
            while (_queue.Reader.TryPeek(out var next))
            {
                using (SessionTelemetry.Source.StartActivity(next.Turn is null ? "store usage" : "store turn", ActivityKind.Internal, next.Trace))
                {
                    await StoreAsync(next, stop);
                }

                _queue.Reader.TryRead(out _);
                if (next.Turn is { } turn)
                {
                    await services.Live.SetAsync(Live(turn.CompletedAt));
                }
            }
        }
    }

    private async Task StoreAsync(Entry entry, CancellationToken stop)
    {
        var backoff = new Backoff(services.Time);
        while (true)
        {
            try
            {
                if (entry.Turn is { } turn)
                {
                    await services.Store.AddTurnAsync(session, turn, stop);
                    _count++;
                }
                else
                {
                    await services.Store.AddUsageAsync(session, entry.Response!, stop);
                }

                return;
            }
            catch (PostgresException exception) when (IsRefused(exception))
            {
                // The row itself is wrong (a sequence twice, a value out of range): trying again would hold up every turn after it for ever.
                services.Metrics.TurnRefused();
                Log.Refused(services.Logger, entry.Turn?.Sequence ?? 0, session.Id, exception);
                return;
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                services.Metrics.DatabaseRetried();
                Log.Delayed(services.Logger, entry.Turn?.Sequence ?? 0, session.Id, exception);
            }

            await backoff.WaitAsync(stop);
        }
    }

    // Classes 22 (data exception) and 23 (integrity constraint violation).
    private static bool IsRefused(PostgresException exception) => exception.SqlState.StartsWith("22", StringComparison.Ordinal)
        || exception.SqlState.StartsWith("23", StringComparison.Ordinal);

    // PostgreSQL's text has no NUL and JSON no NaN; neither means anything here.
    private static TurnRecord Storable(TurnRecord turn) => turn with
    {
        Transcript = turn.Transcript.Replace("\0", "", StringComparison.Ordinal),
        Reply = turn.Reply.Replace("\0", "", StringComparison.Ordinal),
        Confidence = turn.Confidence is { } confidence && double.IsFinite(confidence) ? confidence : null,
        LatencyMs = turn.LatencyMs.Where(stage => double.IsFinite(stage.Value)).ToDictionary(),
    };

    private LiveSession Live(DateTimeOffset? lastTurnAt) => new(
        session.Id, session.OrganizationId, session.UserId, session.Agent.Id, session.Agent.Mode, session.Agent.Language,
        session.Transport, session.StartedAt, _count, lastTurnAt);

    /// <summary>One of the two.</summary>
    private sealed record Entry(TurnRecord? Turn, ResponseTokens? Response, ActivityContext Trace);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Turn {Sequence} of {SessionId} could not be stored and will be tried again")]
        public static partial void Delayed(ILogger logger, int sequence, string sessionId, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "Turn {Sequence} of {SessionId} was refused by the database and is lost")]
        public static partial void Refused(ILogger logger, int sequence, string sessionId, Exception exception);
    }
}
