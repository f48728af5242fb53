using System.Globalization;
using Voice.Offline.Servers;

namespace Voice.Api.Tests.Support;

/// <summary>A process and all that it started, as they were when it was stopped. Each of PostgreSQL's is in a group of its own.</summary>
internal sealed class ProcessFamily
{
    private readonly List<int> _members;

    private ProcessFamily(List<int> members) => _members = members;

    /// <summary>Parents first: none has another child after its children were counted.</summary>
    public static ProcessFamily Freeze(int parent)
    {
        List<int> members = [parent];
        for (var index = 0; index < members.Count; index++)
        {
            ProcessSignal.Send(members[index], UnixSignal.Stop);
            members.AddRange(ChildrenOf(members[index]));
        }

        return new ProcessFamily(members);
    }

    public void Signal(UnixSignal signal) => _members.ForEach(member => ProcessSignal.Send(member, signal));

    public Task GoneAsync() => Deadline.Until(() => Task.FromResult(_members.TrueForAll(IsGone)));

    private static IEnumerable<int> ChildrenOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task")
                .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // Ended before it was stopped.
            return [];
        }
    }

    /// <summary>A dead one that nobody has waited for holds nothing any more.</summary>
    private static bool IsGone(int process)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{process}/stat");
            return status[(status.LastIndexOf(')') + 2)..][0] == 'Z';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
