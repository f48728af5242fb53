using System.Text.Json;

namespace Voice.Api.Realtime.Wire;

/// <summary>Reads an object field by field, knows where it is for error messages, and notices fields that nobody asked for.</summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly HashSet<string> _taken = [];

    public JsonFields(JsonElement element, string path)
    {
        _object = element.ValueKind == JsonValueKind.Object ? element : throw new ProtocolException("invalid_value", $"Invalid value: '{path}' must be an object.", path);
        _path = path;
    }

    public string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public bool Take(string name, out JsonElement value)
    {
        _taken.Add(name);
        return _object.TryGetProperty(name, out value);
    }

    public string? String(string name) =>
        !Take(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid(name, "must be a string");

    public string RequiredString(string name) => String(name) is { Length: > 0 } value ? value : throw Missing(name);

    /// <summary>Empty where there is none.</summary>
    public IReadOnlyList<string> Strings(string name, int most) =>
        !Take(name, out var value) || value.ValueKind == JsonValueKind.Null ? []
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most && value.EnumerateArray().All(text => text.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(text => text.GetString()!)]
        : throw Invalid(name, $"must be a list of at most {most} strings");

    public bool? Boolean(string name) =>
        !Take(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Invalid(name, "must be true or false");

    public double? Number(string name, double least, double most) =>
        !Take(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
        : throw Invalid(name, $"must be a number between {least} and {most}");

    public int? Integer(string name, int least, int most) =>
        !Take(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? number
        : throw Invalid(name, $"must be an integer between {least} and {most}");

    public TimeSpan? Milliseconds(string name, int least, int most) => Integer(name, least, most) is { } value ? TimeSpan.FromMilliseconds(value) : null;

    /// <summary>A field that was not asked for is a client's mistake, and told as one.</summary>
    public void End()
    {
        foreach (var property in _object.EnumerateObject())
        {
            if (!_taken.Contains(property.Name))
            {
                var path = Path(property.Name.Length > 64 ? property.Name[..64] : property.Name);
                throw new ProtocolException("unknown_parameter", $"Unknown parameter: '{path}'.", path);
            }
        }
    }

    public ProtocolException Invalid(string name, string rule) => new("invalid_value", $"Invalid value: '{Path(name)}' {rule}.", Path(name));

    public ProtocolException Missing(string name) => new("missing_required_parameter", $"Missing required parameter: '{Path(name)}'.", Path(name));

    public ProtocolException NotSupported(string name, string instead) => new("not_supported", $"'{Path(name)}' is not supported: {instead}.", Path(name));
}
