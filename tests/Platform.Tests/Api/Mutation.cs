using System.Text.Json.Nodes;

namespace Platform.Tests.Api;

/// <summary>A good JSON body made bad, in a few places.</summary>
internal static class Mutation
{
    /// <summary>One to three fields replaced, left out, added, or said twice; fields anywhere in it.</summary>
    public static string Of(Random random, JsonNode example)
    {
        List<JsonObject> holders = [];
        Collect(example, holders);
        var marks = new Dictionary<string, string>();
        for (var times = 1 + random.Next(3); times > 0 && holders.Count > 0; times--)
        {
            var holder = holders[random.Next(holders.Count)];
            var names = holder.Select(entry => entry.Key).ToList();
            var mark = $"mark{marks.Count}";
            marks[$"\"{mark}\""] = Hostile.Token(random);
            if (names.Count == 0 || random.Next(4) == 0)
            {
                holder[random.Next(2) == 0 ? "extra" : $"x{random.Next()}"] = mark;
            }
            else if (random.Next(4) == 0)
            {
                holder.Remove(names[random.Next(names.Count)]);
            }
            else
            {
                var name = names[random.Next(names.Count)];
                if (random.Next(5) == 0)
                {
                    marks[$"\"{mark}\""] = $"{holder[name]?.ToJsonString() ?? "null"},{System.Text.Json.JsonSerializer.Serialize(name)}:{Hostile.Token(random)}";
                }

                holder[name] = mark;
            }
        }

        return marks.Aggregate(example.ToJsonString(), (json, mark) => json.Replace(mark.Key, mark.Value, StringComparison.Ordinal));
    }

    private static void Collect(JsonNode? node, List<JsonObject> holders)
    {
        if (node is JsonObject holder)
        {
            holders.Add(holder);
            foreach (var (_, value) in holder)
            {
                Collect(value, holders);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Collect(item, holders);
            }
        }
    }
}
