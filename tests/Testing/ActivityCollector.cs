using System.Collections.Concurrent;
using System.Diagnostics;

namespace Voice.Testing;

/// <summary>Keeps the activities that end while it lives; all of them are recorded. Other tests' activities are among them: filter by trace id.</summary>
public sealed class ActivityCollector : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    /// <param name="sources">Names; <c>Voice.*</c> is a prefix. None means the platform's and the framework's HTTP ones.</param>
    public ActivityCollector(params string[] sources)
    {
        string[] wanted = sources.Length > 0 ? sources : ["Voice.*", "Microsoft.AspNetCore", "System.Net.Http"];
        _listener = new ActivityListener
        {
            ShouldListenTo = source => Array.Exists(wanted, name => Matches(name, source.Name)),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public IReadOnlyList<Activity> OfTrace(ActivityTraceId trace) => [.. _ended.Where(activity => activity.TraceId == trace)];

    public void Dispose() => _listener.Dispose();

    private static bool Matches(string wanted, string name) =>
        wanted.EndsWith('*') ? name.StartsWith(wanted[..^1], StringComparison.Ordinal) : name == wanted;
}
