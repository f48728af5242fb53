using Microsoft.Extensions.Options;
using Voice.Core.Providers;

namespace Voice.Api.Providers;

/// <summary>Keeps a connection open, its TLS session resumed and its code compiled, so that no turn of a conversation pays for that.</summary>
internal sealed partial class InferenceWarmup(
    InferenceConnection inference, IOptions<InferenceOptions> options, TimeProvider time, ILogger<InferenceWarmup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WarmInterval, time);
        var reachable = true;
        do
        {
            var now = await AskAsync(stoppingToken);
            if (now != reachable)
            {
                (now ? (Action<ILogger>)Log.Reachable : Log.Unreachable)(logger);
                reachable = now;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> AskAsync(CancellationToken stoppingToken)
    {
        using var silence = inference.LimitSilence(stoppingToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/alive");
        try
        {
            using var response = await inference.SendAsync(request, silence);
            return true;
        }
        catch (ProviderException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "inference-worker cannot be reached; conversations will fail until it is back")]
        public static partial void Unreachable(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "inference-worker is reachable again")]
        public static partial void Reachable(ILogger logger);
    }
}
