namespace Voice.Bench.Fuzz;

/// <param name="Seeds">Good inputs, which are mutated.</param>
/// <param name="Read">Reads one; throws one of the exceptions that refuse an input, or nothing.</param>
internal sealed record FuzzTarget(string Name, byte[][] Seeds, Func<byte[], Task> Read);
