using System.Net.WebSockets;
using System.Threading.Channels;
using Voice.Core.Conversations;
using Voice.Core.Replay;

namespace Voice.Api.Realtime;

/// <summary>
/// Who listens to a session: the connection it began with, nobody for a while, the one that came back. One connection at a time; a new one
/// takes over from one that still looks alive, since the client knows better which of them is.
/// </summary>
internal sealed class Attendance(Conversation conversation, SessionInput input, SessionOutput output, ChannelReader<Arrival> arrivals, SessionLog? log, RealtimeServices services)
{
    /// <summary>How often silence stands for the audio of a client that is away.</summary>
    private static readonly TimeSpan SilenceInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>What a connection that is taken over may need for the message it is being sent.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromMilliseconds(200);

    private Task<EndReason> _receiving = Task.FromResult(EndReason.ConnectionLost);
    private Task _goodbyes = Task.CompletedTask;

    /// <summary>Null while nobody is there.</summary>
    public RealtimeConnection? Current { get; private set; }

    /// <param name="resumable">The client may come back after its connection was lost.</param>
    /// <param name="over">Completes when the session ends for reasons of its own.</param>
    /// <returns>Why the session ends; null where it was <paramref name="over"/> first.</returns>
    public async Task<EndReason?> RunAsync(RealtimeConnection first, string sessionId, bool resumable, Task over)
    {
        Take(first);
        while (true)
        {
            var arriving = arrivals.WaitToReadAsync().AsTask();
            var ended = await Task.WhenAny(over, _receiving, arriving);
            if (ended == over)
            {
                return null;
            }

            var reason = ended == _receiving ? await _receiving : EndReason.ConnectionLost;
            if (reason != EndReason.ConnectionLost || !resumable)
            {
                return reason;
            }

            await LeaveAsync(takenOver: ended == arriving);
            log?.PausePlayback();
            conversation.PausePlayback();
            if (!await AwayAsync(arriving, over))
            {
                return over.IsCompleted ? null : EndReason.ConnectionLost;
            }

            if (arrivals.TryRead(out var arrival))
            {
                input.FillSilence();
                log?.ContinuePlayback();
                conversation.ContinuePlayback();
                services.Metrics.Resumed();
                await output.AttachAsync(arrival.Connection, sessionId, arrival.After, conversation.InputPosition);
                Take(arrival.Connection);
            }
        }
    }

    /// <summary>After the last word was sent: waits for the client's goodbye.</summary>
    public async Task EndAsync(WebSocketCloseStatus status, string text)
    {
        if (Current is { } connection)
        {
            await SayGoodbyeAsync(connection, _receiving, status, text);
        }

        await _goodbyes;
    }

    private void Take(RealtimeConnection connection)
    {
        Current = connection;
        _receiving = connection.ReceiveAsync(input);
    }

    private async Task LeaveAsync(bool takenOver)
    {
        var connection = Current!;
        Current = null;
        connection.StopListening();
        // A send that waits for a client that is gone ends with the connection.
        connection.AbortAfter(takenOver ? SendLimit : TimeSpan.Zero);
        await output.DetachAsync();
        connection.AbortAfter(services.Options.CloseTimeout);
        _goodbyes = Task.WhenAll(_goodbyes, SayGoodbyeAsync(connection, _receiving, RealtimeCloses.TakenOver, "taken_over"));
    }

    private static async Task SayGoodbyeAsync(RealtimeConnection connection, Task receiving, WebSocketCloseStatus status, string text)
    {
        await connection.CloseOutputAsync(status, text);
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Release();
    }

    /// <returns>False where nobody came back in time.</returns>
    private async Task<bool> AwayAsync(Task<bool> arriving, Task over)
    {
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Time);
        using var tick = new PeriodicTimer(SilenceInterval, services.Time);
        var gone = services.Time.GetTimestamp();
        while (!arriving.IsCompleted && !over.IsCompleted && services.Time.GetElapsedTime(gone) < services.Options.ResumeLimit)
        {
            await Task.WhenAny(arriving, over, tick.WaitForNextTickAsync(limit.Token).AsTask());
            input.FillSilence();
        }

        await limit.CancelAsync();
        return arriving.IsCompleted && await arriving && !over.IsCompleted;
    }
}
