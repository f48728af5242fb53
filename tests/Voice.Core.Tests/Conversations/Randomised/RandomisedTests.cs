using System.Globalization;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>
/// Thousands of conversations in which anything happens at any time. <c>VOICE_TEST_SEEDS=100000</c> plays more of them,
/// <c>VOICE_TEST_SEED=4711</c> that one, with everything that happened in it.
/// </summary>
public sealed class RandomisedTests
{
    private static readonly int Count = Number("VOICE_TEST_SEEDS") ?? 3_000;

    [Fact]
    public void Whatever_happens_in_whatever_order_the_conversation_keeps_its_promises()
    {
        var only = Number("VOICE_TEST_SEED");
        var failed = new List<int>();
        Parallel.For(only ?? 0, only + 1 ?? Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            if (Invariant.Check(Performance.Of(ScriptGenerator.Make(seed))).Count > 0)
            {
                lock (failed)
                {
                    failed.Add(seed);
                    if (failed.Count >= 20)
                    {
                        loop.Stop();
                    }
                }
            }
        });

        failed.Sort();
        Assert.True(failed.Count == 0, failed.Count == 0 ? "" : $"{failed.Count} fail: {string.Join(' ', failed)}\n{string.Join('\n', failed.Take(3).Select(Explain))}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_conversation()
    {
        Parallel.For(0, Math.Min(Count, 150), seed =>
        {
            var script = ScriptGenerator.Make(seed);
            Assert.Equal(Performance.Of(script).ToString(), Performance.Of(script).ToString());
        });
    }

    private static string Explain(int seed)
    {
        var script = Shrinker.Shrink(ScriptGenerator.Make(seed), smaller => Invariant.Check(Performance.Of(smaller)).Count > 0);
        var recording = Performance.Of(script);
        return $"{string.Join('\n', Invariant.Check(recording))}\nsmallest script that fails:\n{script}{recording}";
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
