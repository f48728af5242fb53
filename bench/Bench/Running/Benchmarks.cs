using Voice.Bench.Frames;
using Voice.Bench.VoiceToVoice;
using Voice.Bench.Wer;

namespace Voice.Bench.Running;

/// <summary>Every benchmark, in the order that <c>./bench/run</c> lists them.</summary>
internal static class Benchmarks
{
    public static readonly IReadOnlyList<IBenchmark> All = [new FramesBenchmark(), new WerBenchmark(), new VoiceToVoiceBenchmark()];

    public static IBenchmark? Find(string name) => All.FirstOrDefault(b => b.Name == name);
}
