namespace Voice.Bench.Bus;

/// <summary>Messages that belong together: which session the n-th is of, and its number in it.</summary>
internal sealed record BusRun(string Name, int Keys)
{
    public string Session(int number) => $"sess_{Name}_{number % Keys}";

    public int Sequence(int number) => number / Keys + 1;
}
