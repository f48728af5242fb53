using Npgsql;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Inference.Usage;

/// <summary>
/// Publishes what a request used before its answer ends: who has received all of it has been counted, and an answer that cannot be counted
/// breaks off. Whether the client stays to the end makes no difference, the work is done.
/// </summary>
internal sealed partial class UsageRecording(RequestDelegate next, IServiceProvider services, TimeProvider time, ILogger<UsageRecording> logger)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(2)];

    public async Task InvokeAsync(HttpContext context)
    {
        if (UsageMeter.From(context.Request) is not { } meter || context.User.FindCaller() is not { } caller)
        {
            await next(context);
            return;
        }

        if (services.GetService<Outbox>() is not { } outbox)
        {
            // Behind a gateway that counts, an engine that cannot is not used for nothing.
            await ApiError.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, "usage_unavailable", "Usage cannot be counted here: the worker has no database (ConnectionStrings:voicedb).");
            return;
        }

        context.Features.Set(meter);
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest && meter.Used.Count > 0)
            {
                await RecordAsync(context, outbox, caller, meter);
            }
        }
    }

    private async Task RecordAsync(HttpContext context, Outbox outbox, Caller caller, UsageMeter meter)
    {
        var id = Ids.New("use", time);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await PublishAsync(outbox, caller, meter, id);
                return;
            }
            catch (NpgsqlException exception) when (attempt < Pauses.Length)
            {
                Log.NotYet(logger, exception);
                await Task.Delay(Pauses[attempt], time, CancellationToken.None);
            }
            catch (NpgsqlException exception)
            {
                Log.NotCounted(logger, exception);
                context.Abort();
                return;
            }
        }
    }

    private async Task PublishAsync(Outbox outbox, Caller caller, UsageMeter meter, string id)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        foreach (var (kind, quantity) in meter.Used)
        {
            var usage = new UsageRecorded(
                id, caller.OrganizationId, $"{id}:{kind}", caller.Subject, kind, Math.Round(quantity, 3), time.GetUtcNow(), meter.Reserved);
            await outbox.AddAsync(connection, transaction, usage, CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What a request used could not be recorded and will be tried again")]
        public static partial void NotYet(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "What a request used could not be recorded; its answer was broken off")]
        public static partial void NotCounted(ILogger logger, Exception exception);
    }
}
