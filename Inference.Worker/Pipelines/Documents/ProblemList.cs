using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voice.Inference.Pipelines.Documents;

/// <summary>Reads members of a document and notes what is wrong with them.</summary>
internal sealed class ProblemList
{
    private const int Most = 50;

    private readonly List<PipelineProblem> _problems = [];

    public IReadOnlyList<PipelineProblem> Problems => _problems;

    public void Add(string field, string message, string? step = null)
    {
        if (_problems.Count < Most)
        {
            _problems.Add(new PipelineProblem(step, field, message));
        }
    }

    public void Unknown(JsonObject members, string path, IReadOnlyList<string> known, string? step = null)
    {
        foreach (var name in members.Select(member => member.Key).Except(known, StringComparer.Ordinal))
        {
            Add(path.Length == 0 ? name : $"{path}.{name}", $"There is no such field. Known: {string.Join(", ", known)}.", step);
        }
    }

    public string? Text(JsonObject members, string name, string path, int longest, bool required = false, string? step = null)
    {
        var value = members[name];
        if (value is null)
        {
            if (required)
            {
                Add(path, "This is required.", step);
            }

            return null;
        }

        if (value.GetValueKind() != JsonValueKind.String || value.GetValue<string>() is not { } text || text.Length > longest)
        {
            Add(path, $"This is a text of at most {longest} characters.", step);
            return null;
        }

        return text;
    }

    public string? OneOf(JsonObject members, string name, string path, IReadOnlyList<string> values, string? step = null)
    {
        if (members[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && values.Contains(value.GetValue<string>(), StringComparer.Ordinal))
        {
            return value.GetValue<string>();
        }

        Add(path, $"This is one of {string.Join(", ", values)}.", step);
        return null;
    }

    public bool? Flag(JsonObject members, string name, string path, string? step = null)
    {
        var kind = members[name]?.GetValueKind();
        if (kind is not (null or JsonValueKind.True or JsonValueKind.False))
        {
            Add(path, "This is true or false.", step);
        }

        return kind is null ? null : kind == JsonValueKind.True;
    }

    public double? Number(JsonObject members, string name, string path, double least, double most, string? step = null)
    {
        if (members[name] is not { } value)
        {
            return null;
        }

        if (value.GetValueKind() == JsonValueKind.Number && double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) is var number && number >= least && number <= most)
        {
            return number;
        }

        Add(path, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"This is a number from {least} to {most}."), step);
        return null;
    }

    public JsonObject? Object(JsonObject members, string name, string path, int most, string? step = null)
    {
        if (members[name] is not { } value)
        {
            return null;
        }

        if (value is JsonObject found && found.Count <= most)
        {
            return found;
        }

        Add(path, $"This is an object of at most {most} members.", step);
        return null;
    }
}
