namespace Voice.Bench.Running;

/// <summary>One named measurement. Add an instance to <see cref="Benchmarks.All"/> and a row to bench/README.md.</summary>
internal interface IBenchmark
{
    /// <summary>As typed after <c>./bench/run</c>.</summary>
    string Name { get; }

    string Description { get; }

    /// <summary>Names of the figures that every complete run returns. A contract: other tools read them.</summary>
    IReadOnlyList<string> Figures { get; }

    /// <summary>Projects, relative to the repository root, that are built in Release before the run.</summary>
    IReadOnlyList<string> Builds { get; }

    /// <summary>Measures. Throws <see cref="BenchmarkException"/> where it cannot.</summary>
    Task<IReadOnlyDictionary<string, double>> RunAsync(BenchmarkContext context, CancellationToken cancellationToken);
}
