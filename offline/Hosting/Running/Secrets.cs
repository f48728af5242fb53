using System.Text.Json;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Running;

/// <summary>Values made up on the first run and kept in <c>secrets.json</c>, which only its owner can read.</summary>
internal sealed class Secrets(string dataDirectory)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly HashSet<string> _new = [];
    private Dictionary<string, string>? _values;

    public string Path { get; } = System.IO.Path.Combine(dataDirectory, "secrets.json");

    public string GetOrAdd(string name, Func<string> make)
    {
        lock (_gate)
        {
            _values ??= File.Exists(Path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path))! : [];
            if (!_values.TryGetValue(name, out var value))
            {
                _values[name] = value = make();
                _new.Add(name);
                PrivateFile.Write(Path, JsonSerializer.Serialize(_values, Indented));
            }

            return value;
        }
    }

    /// <summary>The value, when this run made it up.</summary>
    public string? New(string name)
    {
        lock (_gate)
        {
            return _new.Contains(name) ? _values![name] : null;
        }
    }
}
