using Voice.Core.Audio;
using Voice.Core.Safety;

namespace Voice.Api.Realtime;

/// <summary>What is made once per process and takes a while is made before the first caller waits for it: the rules of the lexicon and the filters of the usual rates.</summary>
internal sealed class RealtimeWarmup : BackgroundService
{
    private static readonly (int From, int To)[] Rates = [(24_000, 16_000), (8_000, 16_000), (48_000, 16_000)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        SafetyRules.Warm();
        foreach (var (from, to) in Rates)
        {
            _ = new StreamingResampler(from, to);
        }
    }
}
