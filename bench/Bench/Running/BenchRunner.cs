using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Bench.Running;

/// <summary>Lists, builds, runs and prints.</summary>
internal static class BenchRunner
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        try
        {
            var command = BenchCommandLine.Parse(args);
            if (command.Name is null || command.Help)
            {
                List(Console.Out);
                return 0;
            }

            var benchmark = Benchmarks.Find(command.Name)
                ?? throw new BenchmarkException($"There is no benchmark '{command.Name}'. ./bench/run lists them.");
            await MeasureAsync(benchmark, command, cancellationToken);
            return 0;
        }
        catch (BenchmarkException failure)
        {
            await Console.Error.WriteLineAsync($"bench: {failure.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("bench: stopped");
            return 130;
        }
    }

    private static async Task MeasureAsync(IBenchmark benchmark, BenchCommandLine command, CancellationToken cancellationToken)
    {
        var root = Repository.Root;
        var context = new BenchmarkContext(root, Repository.DataFolder(command.Options), command.Options, Console.Error, TimeProvider.System);
        foreach (var project in benchmark.Builds)
        {
            await BuildAsync(root, project, cancellationToken);
        }

        var figures = await benchmark.RunAsync(context, cancellationToken);
        var missing = benchmark.Figures.Where(name => !figures.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            throw new BenchmarkException($"{benchmark.Name} did not measure {string.Join(", ", missing)}.");
        }

        Console.Out.WriteLine(command.Json ? Json(benchmark, figures) : Table(benchmark, figures));
    }

    private static void List(TextWriter output)
    {
        output.WriteLine("./bench/run NAME [DIR] [--json] [--option value]...");
        output.WriteLine();
        foreach (var benchmark in Benchmarks.All)
        {
            output.WriteLine($"  {benchmark.Name,-18} {benchmark.Description}");
            output.WriteLine($"  {"",-18} figures: {string.Join(", ", benchmark.Figures)}");
        }
    }

    private static string Json(IBenchmark benchmark, IReadOnlyDictionary<string, double> figures)
    {
        var values = new JsonObject();
        foreach (var (name, value) in figures)
        {
            values[name] = Math.Round(value, 4);
        }

        return new JsonObject { ["name"] = benchmark.Name, ["figures"] = values, ["machine"] = Machine.Describe() }
            .ToJsonString(new JsonSerializerOptions(JsonSerializerDefaults.Web));
    }

    private static string Table(IBenchmark benchmark, IReadOnlyDictionary<string, double> figures)
    {
        var width = figures.Keys.Max(name => name.Length);
        return string.Join('\n', [$"{benchmark.Name}  ({Machine.Describe()})", .. figures.Select(f => $"  {f.Key.PadRight(width)}  {f.Value,10:0.####}")]);
    }

    private static async Task BuildAsync(string root, string project, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"building {project}");
        var start = new ProcessStartInfo("dotnet", ["build", Path.Combine(root, project), "-c", "Release", "-v", "quiet", "--nologo"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var build = Process.Start(start) ?? throw new BenchmarkException("dotnet does not start.");
        var output = build.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = build.StandardError.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            await Console.Error.WriteLineAsync(await output + await errors);
            throw new BenchmarkException($"{project} does not build.");
        }
    }
}
