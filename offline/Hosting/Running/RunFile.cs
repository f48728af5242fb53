using System.Text.Json;
using System.Text.Json.Serialization;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Running;

/// <summary><c>run.json</c>: what runs now and where, for tools. Private, because connection strings are in it.</summary>
internal sealed record RunFile(
    int Pid, string? Url, IReadOnlyDictionary<string, RunFile.Service> Services, IReadOnlyDictionary<string, string> ConnectionStrings, bool Healthy)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public void Write(string dataDirectory) => PrivateFile.Write(PathIn(dataDirectory), JsonSerializer.Serialize(this, Format));

    public static void Delete(string dataDirectory) => File.Delete(PathIn(dataDirectory));

    /// <summary>For a message: where the run that holds the folder is reached.</summary>
    public static string Describe(string dataDirectory)
    {
        try
        {
            var file = JsonSerializer.Deserialize<RunFile>(File.ReadAllText(PathIn(dataDirectory)), Format)!;
            return $" (process {file.Pid}, {file.Url})";
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            // It is just starting or stopping.
            return "";
        }
    }

    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "run.json");

    internal sealed record Service(int? Pid, string? Url, string State);
}
