using Voice.Core.Resilience;

namespace Voice.Api.Providers;

/// <summary>Which model is not asked any more, and which is again: once for all sessions.</summary>
internal sealed partial class BreakerLog(ILogger<BreakerLog> logger)
{
    public void Changed(ProviderStage stage, string model, BreakerState state)
    {
        switch (state)
        {
            case BreakerState.Open:
                Log.Opened(logger, stage.Name(), model);
                break;
            case BreakerState.Closed:
                Log.Closed(logger, stage.Name(), model);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The {Stage} model {Model} failed repeatedly and is not asked for a moment")]
        public static partial void Opened(ILogger logger, string stage, string model);

        [LoggerMessage(2, LogLevel.Information, "The {Stage} model {Model} answers again")]
        public static partial void Closed(ILogger logger, string stage, string model);
    }
}
