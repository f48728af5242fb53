using System.Text.Json;

namespace VoiceAspire.CheckSurface;

/// <summary>What MSBuild gives the compiler for one project.</summary>
/// <param name="Services">Names of the projects that the application host runs.</param>
internal sealed record ProjectItems(
    IReadOnlyList<string> Compile, IReadOnlyList<string> References, IReadOnlyList<string> Analyzers, IReadOnlyList<string> Services)
{
    public static ProjectItems Load(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var items = json.RootElement.GetProperty("Items");
        return new ProjectItems(Paths(items, "Compile"), Paths(items, "ReferencePath"), Paths(items, "Analyzer"),
            [.. Paths(items, "Service").Select(service => Path.GetFileNameWithoutExtension(service))]);
    }

    private static List<string> Paths(JsonElement items, string name) =>
        [.. items.GetProperty(name).EnumerateArray().Select(item => item.GetProperty("FullPath").GetString()!)];
}
