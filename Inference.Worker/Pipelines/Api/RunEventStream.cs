using System.Globalization;
using System.Text;
using Voice.Inference.Pipelines.Runs;

namespace Voice.Inference.Pipelines.Api;

/// <summary>
/// What happens in a run, as server-sent events: <c>id: 3</c>, <c>event: step.succeeded</c>, <c>data: {…}</c>. Ends when the run is over; who connects again with
/// <c>Last-Event-ID</c> misses nothing.
/// </summary>
internal sealed class RunEventStream(string runId, long last) : IResult
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var (events, signals, time) = (services.GetRequiredService<RunEvents>(), services.GetRequiredService<RunSignals>(), services.GetRequiredService<TimeProvider>());
        // A server that stops does not wait for who only listens.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        using var listener = signals.ListenToRun(runId);
        var sent = last;
        try
        {
            while (true)
            {
                var (state, more) = await events.ListAsync(runId, sent, ending.Token);
                await response.WriteAsync(more.Count == 0 ? ": \n\n" : Written(more), ending.Token);
                await response.Body.FlushAsync(ending.Token);
                sent = more.Count == 0 ? sent : more[^1].Sequence;
                if (more.Count == 0)
                {
                    if (RunStates.IsOver(state))
                    {
                        return;
                    }

                    await listener.WaitAsync(KeepAlive, time, ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nobody listens any more, or the server stops: the client connects again.
        }
    }

    private static string Written(IReadOnlyList<RunEvent> events)
    {
        var text = new StringBuilder();
        foreach (var one in events)
        {
            // PostgreSQL writes JSON on one line; a line break inside a text is escaped.
            text.Append(CultureInfo.InvariantCulture, $"id: {one.Sequence}\nevent: {one.Type}\ndata: {{\"at\":\"{one.OccurredAt:O}\",\"data\":{one.Data}}}\n\n");
        }

        return text.ToString();
    }
}
