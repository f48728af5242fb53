using Voice.Core.Safety;

namespace Voice.Safety.Interventions;

/// <summary>Builds the rules before the first turn is assessed by them; that takes a good part of a second.</summary>
internal sealed class SafetyWarmup : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        SafetyRules.Warm();
    }
}
