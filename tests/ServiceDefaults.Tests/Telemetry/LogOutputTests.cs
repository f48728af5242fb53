using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting.Internal;
using Voice.ServiceDefaults.Telemetry;

namespace ServiceDefaults.Tests.Telemetry;

public sealed class LogOutputTests
{
    private static readonly HostingEnvironment Environment = new() { ApplicationName = "voice-api" };

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Every_line_of_many_threads_is_written_whole()
    {
        var stream = new Recorder();
        using (var output = new LogOutput(stream, Environment, _time))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
            {
                for (var i = 0; i < 5_000; i++)
                {
                    output.Write(Encoding.UTF8.GetBytes($"thread {thread} line {i:0000}\n"), matters: i % 1_000 == 0);
                }
            }))).OrTimeout();
        }

        var lines = stream.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20_000, lines.Length);
        for (var thread = 0; thread < 4; thread++)
        {
            Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"thread {thread} line {i:0000}"), lines.Where(line => line.StartsWith($"thread {thread}", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_line_does_not_wait_for_another()
    {
        var stream = new Recorder();
        using var output = new LogOutput(stream, Environment, _time);
        output.Write("first\n"u8, matters: false);
        await Deadline.Until(() => Task.FromResult(stream.Text == "first\n"));
        output.Write("second\n"u8, matters: true);
        await Deadline.Until(() => Task.FromResult(stream.Text == "first\nsecond\n"));
    }

    [Fact]
    public async Task Where_nobody_takes_the_output_memory_is_bounded_and_what_was_lost_is_said()
    {
        var stream = new Recorder();
        var line = new byte[1024 * 1024];
        line.AsSpan().Fill((byte)'x');
        line[^1] = (byte)'\n';
        using (var output = new LogOutput(stream, Environment, _time))
        {
            stream.Block();
            output.Write("taken\n"u8, matters: true);
            await stream.Blocked.OrTimeout();
            // Four fit, then what matters has room of its own; nobody who logs waits.
            for (var i = 0; i < 7; i++)
            {
                output.Write(line, matters: false);
            }

            output.Write(line, matters: true);
            output.Write("no room\n"u8, matters: true);
            stream.Release();
        }

        var lines = stream.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("taken", lines[0]);
        Assert.Equal(5, lines.Count(each => each.StartsWith('x')));
        var said = JsonNode.Parse(lines[^1])!;
        Assert.Equal(("warning", "LinesLost", 4L), (said["level"]!.GetValue<string>(), said["event"]!.GetValue<string>(), said["lost"]!.GetValue<long>()));
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public async Task Where_the_output_fails_the_service_goes_on_and_what_was_lost_is_said_once_it_takes_lines_again()
    {
        var stream = new Recorder { Fails = true };
        using var output = new LogOutput(stream, Environment, _time);
        output.Write("on a full disk\n"u8, matters: true);
        await stream.Failed.OrTimeout();
        stream.Fails = false;
        output.Write("after\n"u8, matters: true);

        await Deadline.Until(() => Task.FromResult(stream.Text.Contains("LinesLost", StringComparison.Ordinal)));
        var lines = stream.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1L, lines.Where(line => line.StartsWith('{')).Sum(line => JsonNode.Parse(line)!["lost"]!.GetValue<long>()));
        Assert.Contains("after", lines);
    }

    [Fact]
    public void What_is_logged_after_the_end_is_written_all_the_same()
    {
        var stream = new Recorder();
        var output = new LogOutput(stream, Environment, _time);
        output.Write("before\n"u8, matters: false);
        output.Dispose();
        output.Write("after\n"u8, matters: false);
        Assert.Equal("before\nafter\n", stream.Text);
    }

    private sealed class Recorder : Stream
    {
        private readonly MemoryStream _written = new();
        private readonly TaskCompletionSource _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _open = new(true);

        private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _fails;

        public Task Blocked => _blocked.Task;

        public bool Fails
        {
            get => _fails;
            set => _fails = value;
        }

        public Task Failed => _failed.Task;

        public string Text
        {
            get
            {
                lock (_written)
                {
                    return Encoding.UTF8.GetString(_written.ToArray());
                }
            }
        }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Block() => _open.Reset();

        public void Release() => _open.Set();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_fails)
            {
                _failed.TrySetResult();
                throw new IOException("No space left on device");
            }

            if (!_open.IsSet)
            {
                _blocked.TrySetResult();
                _open.Wait();
            }

            lock (_written)
            {
                _written.Write(buffer);
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
