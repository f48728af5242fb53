using System.Globalization;
using Voice.Bench.Running;

namespace Voice.Bench.Load;

/// <summary>What a process has used, as <c>/proc</c> tells.</summary>
internal sealed record ProcessUsage(double CpuSeconds, double ResidentMegabytes, int Threads)
{
    private const double TicksPerSecond = 100;

    public static ProcessUsage Of(int process)
    {
        try
        {
            // pid (name) state …; the name may hold anything, so count from its last parenthesis.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var cpu = (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
            var resident = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return new(cpu, Number(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0, (int)Number(fields[17]));
        }
        catch (IOException gone)
        {
            throw new BenchmarkException($"Process {process} is gone.", gone);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
