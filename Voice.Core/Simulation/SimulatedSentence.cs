namespace Voice.Core.Simulation;

/// <summary>An utterance in parts, between which the speaker hesitates.</summary>
internal sealed class SimulatedSentence
{
    private readonly string[][] _parts;

    private SimulatedSentence(string[][] parts) => _parts = parts;

    public int Parts => _parts.Length;

    public static SimulatedSentence Parse(string text) =>
        new([.. text.Split('|').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries))]);

    public int Words(int part) => _parts[part].Length;

    /// <summary>From part <paramref name="first"/> to <paramref name="last"/>, of that only <paramref name="words"/>.</summary>
    public string Text(int first, int last, int words) =>
        string.Join(' ', Enumerable.Range(first, last - first).SelectMany(part => _parts[part]).Concat(_parts[last].Take(words)));
}
