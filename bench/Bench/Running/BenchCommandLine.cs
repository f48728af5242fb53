namespace Voice.Bench.Running;

/// <summary><c>NAME [FOLDER] [--json] [--option value]...</c>; a folder is short for <c>--data</c>.</summary>
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
                case var folder when name is not null && Directory.Exists(folder):
                    options["data"] = folder;
                    break;
                default:
                    if (name is null)
                    {
                        name = args[i];
                    }
                    else if (!options.TryAdd("data", args[i]))
                    {
                        throw new BenchmarkException($"'{args[i]}' is one too many: NAME and a folder of recorded speech.");
                    }

                    break;
            }
        }

        return new(name, json, help, options);
    }
}
