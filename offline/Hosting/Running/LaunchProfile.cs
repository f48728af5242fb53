using System.Text.Json;

namespace Aspire.Hosting.Running;

internal sealed record LaunchProfile(IReadOnlyList<Uri> Urls, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The first profile that starts the project, of <c>Properties/launchSettings.json</c> beside it.</summary>
    public static LaunchProfile Read(string projectPath)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return new([], new Dictionary<string, string>());
        }

        using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
        var profile = document.RootElement.GetProperty("profiles").EnumerateObject()
            .Select(property => property.Value)
            .First(value => value.GetProperty("commandName").GetString() == "Project");
        return new(
            profile.TryGetProperty("applicationUrl", out var urls)
                ? [.. urls.GetString()!.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url))]
                : [],
            profile.TryGetProperty("environmentVariables", out var variables)
                ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString() ?? "")
                : []);
    }
}
