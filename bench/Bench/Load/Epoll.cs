using System.Runtime.InteropServices;
using Voice.Bench.Running;

namespace Voice.Bench.Load;

/// <summary>Linux's epoll: one thread waits for many sockets, and for the next moment, exactly. Not thread-safe.</summary>
internal sealed partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const int Delete = 2;
    private const uint Readable = 1;
    private const int Interrupted = 4;

    private readonly int _handle;
    private readonly Event[] _events = new Event[512];

    public Epoll()
    {
        _handle = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Create(0) : throw new BenchmarkException("Load is made with epoll on Linux, x86-64.");
    }

    public void Watch(int socket, int tag) => Change(Add, socket, new Event { Events = Readable, Tag = tag });

    public void Forget(int socket) => Change(Delete, socket, default);

    /// <returns>Tags of the sockets that can be read; good until the next call.</returns>
    public int Wait(TimeSpan limit, Span<int> tags)
    {
        var ticks = Math.Max(0, limit.Ticks);
        var wait = new Timespec { Seconds = ticks / TimeSpan.TicksPerSecond, Nanoseconds = ticks % TimeSpan.TicksPerSecond * 100 };
        var count = Wait(_handle, _events, Math.Min(_events.Length, tags.Length), wait, 0);
        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw new BenchmarkException("epoll failed.");
        }

        for (var i = 0; i < count; i++)
        {
            tags[i] = _events[i].Tag;
        }

        return count;
    }

    public void Dispose() => Close(_handle);

    private void Change(int operation, int socket, Event watched)
    {
        if (Control(_handle, operation, socket, ref watched) != 0)
        {
            throw new BenchmarkException("epoll does not take a socket.");
        }
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int handle, int operation, int socket, ref Event watched);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    private static partial int Wait(int handle, [Out] Event[] events, int capacity, in Timespec limit, nint signals);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);

    // As x86-64 has it; other architectures align it, which the constructor refuses.
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Event
    {
        public uint Events;
        public int Tag;
        public int Unused;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
