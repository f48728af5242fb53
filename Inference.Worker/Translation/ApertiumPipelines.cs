using System.Collections.Concurrent;

namespace Voice.Inference.Translation;

/// <summary>One pipeline for each direction that is installed, started when it is first asked for.</summary>
internal sealed class ApertiumPipelines(TimeProvider time, ILogger<ApertiumPipeline> logger) : IAsyncDisposable
{
    private const string ModeFolder = "/usr/share/apertium/modes";

    private static readonly Dictionary<(string From, string To), string> Modes = new()
    {
        [("en", "es")] = "eng-spa",
        [("es", "en")] = "spa-eng",
    };

    private readonly ConcurrentDictionary<string, ApertiumPipeline> _pipelines = new();

    public ApertiumPipeline? Find(string from, string to) =>
        Modes.TryGetValue((from, to), out var mode)
            ? _pipelines.GetOrAdd(mode, name => new ApertiumPipeline(Path.Combine(ModeFolder, name + ".mode"), time, logger))
            : null;

    public string Describe() => string.Join(", ", Modes.Keys.Select(pair => $"{pair.From} to {pair.To}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var pipeline in _pipelines.Values)
        {
            await pipeline.DisposeAsync();
        }
    }
}
