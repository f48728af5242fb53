namespace Voice.ServiceDefaults.Telemetry;

/// <summary>
/// Finds a series by the tags as they were given, in their order, without writing them as text: measurements are taken on paths that
/// allocate nothing. Several orders lead to one series. Its family's lock guards it.
/// </summary>
internal sealed class SeriesCache(int capacity)
{
    private readonly Dictionary<int, Entry> _entries = [];
    private int _count;

    public MetricSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        for (var entry = _entries.GetValueOrDefault(HashOf(tags)); entry is not null; entry = entry.Next)
        {
            if (Same(entry.Tags, tags))
            {
                return entry.Series;
            }
        }

        return null;
    }

    /// <summary>When full, what is new is found the slow way.</summary>
    public void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags, MetricSeries series)
    {
        if (_count < capacity)
        {
            _count++;
            var hash = HashOf(tags);
            _entries[hash] = new Entry(tags.ToArray(), series, _entries.GetValueOrDefault(hash));
        }
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = new HashCode();
        foreach (var (key, value) in tags)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    private static bool Same(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (!string.Equals(known[i].Key, tags[i].Key, StringComparison.Ordinal) || !Equals(known[i].Value, tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Entry(KeyValuePair<string, object?>[] Tags, MetricSeries Series, Entry? Next);
}
