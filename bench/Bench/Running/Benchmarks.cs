using Voice.Bench.Bus;
using Voice.Bench.Connect;
using Voice.Bench.Echo;
using Voice.Bench.Edge;
using Voice.Bench.Frames;
using Voice.Bench.Fuzz;
using Voice.Bench.Memory;
using Voice.Bench.MockProfile;
using Voice.Bench.Overload;
using Voice.Bench.Pipelines;
using Voice.Bench.Rest;
using Voice.Bench.Soak;
using Voice.Bench.TurnEnd;
using Voice.Bench.Turns;
using Voice.Bench.Vad;
using Voice.Bench.VoiceToVoice;
using Voice.Bench.Wer;

namespace Voice.Bench.Running;

/// <summary>Every benchmark, in the order that <c>./bench/run</c> lists them.</summary>
internal static class Benchmarks
{
    public static readonly IReadOnlyList<IBenchmark> All =
    [
        new FramesBenchmark(),
        new VadBenchmark(),
        new TurnEndBenchmark(),
        new EchoBenchmark(),
        new TurnsBenchmark(),
        new MemoryBenchmark(),
        new MockProfileBenchmark(),
        new ConnectBenchmark(),
        new OverloadBenchmark(),
        new SoakBenchmark(),
        new GatewayBenchmark(),
        new GatewayCostBenchmark(),
        new SocketsBenchmark(),
        new LimitsBenchmark(),
        new BusBenchmark(),
        new RestBenchmark(),
        new FuzzBenchmark(),
        new WerBenchmark(),
        new PipelinesBenchmark(),
        new VoiceToVoiceBenchmark(),
    ];

    public static IBenchmark? Find(string name) => All.FirstOrDefault(b => b.Name == name);
}
