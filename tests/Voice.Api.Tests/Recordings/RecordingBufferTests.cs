using System.Runtime.InteropServices;
using Voice.Api.Recordings;

namespace Voice.Api.Tests.Recordings;

public sealed class RecordingBufferTests
{
    private static readonly TimeSpan OneSample = TimeSpan.FromTicks((TimeSpan.TicksPerSecond / RecordingFormat.SampleRate) + 1);

    [Fact]
    public void Take_BothSides_InterleavesUserLeftAssistantRight()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(10));
        buffer.AppendUser(Pcm(1, 2, 3));
        buffer.PlaceAssistant(OneSample, Pcm(20, 30));

        Assert.Equal([1, 0, 2, 20, 3, 30], Take(buffer));
    }

    [Fact]
    public void Take_AssistantAheadOfTheClock_WaitsForTheUser()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(10));
        buffer.AppendUser(Pcm(1));
        buffer.PlaceAssistant(TimeSpan.Zero, Pcm(10, 20, 30));

        Assert.Equal([1, 10], Take(buffer));
        Assert.Empty(Take(buffer));
        buffer.AppendUser(Pcm(2));
        Assert.Equal([2, 20], Take(buffer));
    }

    [Fact]
    public void Take_ToTheEnd_KeepsWhatTheAssistantSaidAfterTheUser()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(10));
        buffer.AppendUser(Pcm(1));
        buffer.PlaceAssistant(TimeSpan.Zero, Pcm(10, 20));

        Assert.Equal([1, 10, 0, 20], Take(buffer, toTheEnd: true));
    }

    [Fact]
    public void CutAssistant_BargeIn_ForgetsOnlyWhatCameAfter()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(10));
        buffer.AppendUser(Pcm(1, 2, 3));
        buffer.PlaceAssistant(TimeSpan.Zero, Pcm(10, 20, 30, 40));
        buffer.CutAssistant(OneSample);

        Assert.Equal([1, 10, 2, 0, 3, 0], Take(buffer, toTheEnd: true));
    }

    [Fact]
    public void AppendUser_Full_TurnsTheOldestIntoSilenceAndKeepsThePlaceOfTheRest()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(4));
        var second = new short[RecordingFormat.SampleRate];
        for (short i = 1; i <= 6; i++)
        {
            Array.Fill(second, i);
            buffer.AppendUser(MemoryMarshal.AsBytes<short>(second));
        }

        var frames = Take(buffer, size: 10 * RecordingFormat.SampleRate);

        Assert.Equal(2 * RecordingFormat.SampleRate, buffer.Dropped);
        Assert.Equal(6 * 2 * RecordingFormat.SampleRate, frames.Length);
        Assert.Equal([0, 0, 3, 4, 5, 6], Enumerable.Range(0, 6).Select(i => frames[i * 2 * RecordingFormat.SampleRate]));
    }

    [Fact]
    public void PlaceAssistant_PartlyBeforeWhatIsWritten_DropsThatPartAndCountsIt()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(4));
        buffer.AppendUser(Pcm(1, 2));
        Take(buffer);
        buffer.AppendUser(Pcm(3));
        buffer.PlaceAssistant(OneSample, Pcm(20, 30));

        Assert.Equal([3, 30], Take(buffer));
        Assert.Equal(1, buffer.Dropped);
    }

    [Fact]
    public void PlaceAssistant_EndlessSpeech_StaysBounded()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(4));
        var minute = new byte[60 * RecordingFormat.SampleRate * sizeof(short)];
        for (var i = 0; i < 10; i++)
        {
            buffer.PlaceAssistant(TimeSpan.FromMinutes(i), minute);
        }

        Assert.Equal(7L * 60 * RecordingFormat.SampleRate, buffer.Dropped);
    }

    [Fact]
    public void AppendUser_PerFrame_AllocatesNothing()
    {
        using var buffer = new RecordingBuffer(TimeSpan.FromSeconds(10));
        var frame = new byte[960];
        var block = new byte[192_000];
        buffer.AppendUser(frame);
        buffer.Take(block, toTheEnd: false);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            buffer.AppendUser(frame);
            buffer.PlaceAssistant(TimeSpan.FromMilliseconds(20 * i), frame);
            buffer.Take(block, toTheEnd: false);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Pcm(params short[] samples) => MemoryMarshal.AsBytes<short>(samples).ToArray();

    private static short[] Take(RecordingBuffer buffer, bool toTheEnd = false, int size = 100)
    {
        var frames = new byte[size * RecordingFormat.FrameBytes];
        var length = buffer.Take(frames, toTheEnd);
        return MemoryMarshal.Cast<byte, short>(frames.AsSpan(0, length)).ToArray();
    }
}
