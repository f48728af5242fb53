using System.Text.Json;
using Voice.Bench.Running;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Tests.Providers;

namespace Voice.Bench.Fuzz;

/// <summary>
/// Mutated inputs to every parser of bytes that others send. An input is read or refused: any other exception is a crash, one that takes longer than a second a
/// hang. The number of a target and of an input make the same input again.
/// </summary>
internal sealed class FuzzBenchmark : IBenchmark
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    // A loop without end is not waited for: the run ends with it.
    private static readonly TimeSpan Endless = TimeSpan.FromSeconds(20);

    public string Name => "fuzz";

    public string Description => "mutated inputs to the WAV reader and to the parsers of every provider's adapter";

    public IReadOnlyList<string> Figures => ["inputs", "crashes", "hangs"];

    public IReadOnlyList<string> Builds => [];

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken)
    {
        var inputs = context.Integer("inputs", 1_000_000, FuzzTargets.All.Count, int.MaxValue);
        var seed = context.Integer("seed", 0, 0, 1_000_000_000);
        var most = GC.GetTotalMemory(forceFullCollection: true) + (512L * 1024 * 1024);
        int done = 0, crashes = 0, hangs = 0;
        foreach (var (target, index) in FuzzTargets.All.Select((target, index) => (target, index)))
        {
            var share = (inputs / FuzzTargets.All.Count) + (index < inputs % FuzzTargets.All.Count ? 1 : 0);
            for (var number = 0; number < share && !cancellationToken.IsCancellationRequested; number++, done++)
            {
                var data = Mutations.Of(target.Seeds, seed + number);
                var started = context.Time.GetTimestamp();
                try
                {
                    await Task.Run(() => target.Read(data), cancellationToken).WaitAsync(Endless, context.Time, cancellationToken);
                }
                catch (TimeoutException)
                {
                    await context.Progress.WriteLineAsync($"{target.Name}, input {seed + number}: does not end");
                    return Figure(done + 1, crashes, hangs + 1);
                }
                catch (Exception failure) when (failure is WavFormatException or ProviderException or JsonException)
                {
                    // Refused.
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    crashes++;
                    await context.Progress.WriteLineAsync($"{target.Name}, input {seed + number}: {failure}");
                }

                if (context.Time.GetElapsedTime(started) > Slow)
                {
                    hangs++;
                    await context.Progress.WriteLineAsync($"{target.Name}, input {seed + number}: slow");
                }

                if ((number & 0x3FF) == 0 && GC.GetTotalMemory(forceFullCollection: false) > most)
                {
                    throw new BenchmarkException($"{target.Name} holds more memory than 512 MB at input {seed + number}.");
                }
            }

            await context.Progress.WriteLineAsync($"{target.Name}: {share} inputs");
        }

        return Figure(done, crashes, hangs);
    }

    private static Dictionary<string, double> Figure(int inputs, int crashes, int hangs) => new() { ["inputs"] = inputs, ["crashes"] = crashes, ["hangs"] = hangs };
}
