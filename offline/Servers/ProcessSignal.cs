using System.Runtime.InteropServices;

namespace Voice.Offline.Servers;

public static partial class ProcessSignal
{
    /// <summary>To a process or, given a negative id, to a process group. False when there is none (any more).</summary>
    public static bool Send(int id, UnixSignal signal) => Kill(id, (int)signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
