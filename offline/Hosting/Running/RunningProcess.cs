namespace Aspire.Hosting.Running;

/// <param name="Stop">Asks it to end, and ends it when it has not within the time.</param>
internal sealed record RunningProcess(int Id, Task<int> Exited, Func<IReadOnlyList<string>> Tail, Func<TimeSpan, Task> Stop);
