namespace Voice.Bench.Running;

/// <summary><c>NAME [--json] [--option value]...</c></summary>
internal sealed record BenchCommandLine(string? Name, bool Json, bool Help, IReadOnlyDictionary<string, string> Options)
{
    public static BenchCommandLine Parse(IReadOnlyList<string> args)
    {
        string? name = null;
        var json = false;
        var help = false;
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--help" or "-h":
                    help = true;
                    break;
                case ['-', '-', .. var option] when i + 1 < args.Count:
                    options[option] = args[++i];
                    break;
                case ['-', ..]:
                    throw new BenchmarkException($"{args[i]} needs a value.");
                default:
                    name = name is null ? args[i] : throw new BenchmarkException($"One benchmark at a time: {name} or {args[i]}.");
                    break;
            }
        }

        return new(name, json, help, options);
    }
}
