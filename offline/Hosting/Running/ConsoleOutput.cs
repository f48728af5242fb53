namespace Aspire.Hosting.Running;

/// <summary>The runner's console: a prefix per process, in its colour where the console has any.</summary>
internal sealed class ConsoleOutput(TextWriter writer, bool colours, int prefixWidth)
{
    private static readonly int[] Palette = [36, 32, 35, 34, 96, 92, 95, 94];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _colours = [];

    public static bool HasColours => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";

    public void Write(string source, LogLine line)
    {
        var mark = line.IsError ? "error: " : line.IsProblem ? "warn: " : "";
        var category = line.IsProblem ? line.Category[(line.Category.LastIndexOf('.') + 1)..] + ": " : "";
        Write(source, mark + category + line.Text, line.IsError ? 31 : line.IsProblem ? 33 : null);
    }

    public void Write(string source, string text, int? colour = null)
    {
        lock (_gate)
        {
            if (!_colours.TryGetValue(source, out var own))
            {
                _colours[source] = own = Palette[_colours.Count % Palette.Length];
            }

            foreach (var line in text.Split('\n'))
            {
                writer.WriteLine($"{Coloured(source.PadRight(prefixWidth), own)} {(colour is { } code ? Coloured(line.TrimEnd('\r'), code) : line.TrimEnd('\r'))}");
            }

            writer.Flush();
        }
    }

    /// <summary>A line of the runner itself, which stands out.</summary>
    public void Announce(string text, bool bold = false)
    {
        lock (_gate)
        {
            writer.WriteLine(bold ? Coloured(text, 1) : text);
            writer.Flush();
        }
    }

    private string Coloured(string text, int code) => colours ? $"\e[{code}m{text}\e[0m" : text;
}
