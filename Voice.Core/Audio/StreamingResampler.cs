using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Voice.Core.Audio;

/// <summary>
/// Changes the rate of a stream of samples block by block, whatever the sizes of the blocks: the same samples come out as from one
/// large block. Output is aligned with input (the filter's delay is taken off at the start and given back by <see cref="Flush"/>), unless it
/// is to be prompt: then it lags by half a filter (1 ms), and every block gives as much sound as went in, instead of a little less.
/// Allocates only in the constructor. Not thread-safe.
/// </summary>
public sealed class StreamingResampler
{
    /// <summary>20 ms at 24 kHz in one go; a session has a window of its own.</summary>
    private const int Chunk = 480;

    private readonly ResamplerKernel _kernel;
    private readonly float[] _window;
    private readonly bool _prompt;
    private int _filled;
    // Where the next group of outputs begins, in input samples from the start of the window, its fraction as a phase, and how many of it are out.
    private int _position;
    private int _phase;
    private int _given;

    /// <param name="prompt">For who waits for whole frames: a frame that lacks its last millisecond waits for the next block.</param>
    public StreamingResampler(int from, int to, bool prompt = false)
    {
        _kernel = ResamplerKernel.For(from, to);
        From = from;
        To = to;
        _prompt = prompt;
        _window = new float[(2 * _kernel.Taps) + Chunk];
        Reset();
    }

    public int From { get; }

    public int To { get; }

    public static bool Supports(int from, int to) => ResamplerKernel.Supports(from, to);

    /// <summary>The most samples that <see cref="Process"/> makes of <paramref name="inputLength"/>.</summary>
    public int MaxOutput(int inputLength) => (int)((((long)inputLength + 1) * _kernel.Up) / _kernel.Down) + 1;

    /// <summary>The most samples that <see cref="Flush"/> gives.</summary>
    public int MaxFlush => MaxOutput(_kernel.Width);

    /// <returns>Samples written. <paramref name="output"/> must hold <see cref="MaxOutput"/>.</returns>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (From == To)
        {
            input.CopyTo(output);
            return input.Length;
        }

        var written = 0;
        while (!input.IsEmpty)
        {
            var take = Math.Min(input.Length, Math.Min(Chunk, _window.Length - _kernel.Taps - _filled));
            Widen(input[..take], _window.AsSpan(_filled, take));
            _filled += take;
            input = input[take..];
            written += Drain(output[written..]);
        }

        return written;
    }

    /// <summary>The end of the stream: what the filter still holds. Then the resampler is as new.</summary>
    public int Flush(Span<short> output)
    {
        if (From == To)
        {
            return 0;
        }

        Span<short> silence = stackalloc short[_kernel.Width / 2];
        silence.Clear();
        var written = Process(silence, output);
        Reset();
        return written;
    }

    public void Reset()
    {
        Array.Clear(_window);
        // Half a filter of silence before the first sample, so that the first output lies on the first input.
        _filled = (_kernel.Width / 2) - 1 + (_prompt ? _kernel.Width / 2 : 0);
        _position = 0;
        _phase = 0;
        _given = 0;
    }

    /// <summary>A whole recording at once; as long as the input, to the sample.</summary>
    public static short[] Resample(ReadOnlySpan<short> samples, int from, int to)
    {
        var resampler = new StreamingResampler(from, to);
        var output = new short[resampler.MaxOutput(samples.Length) + resampler.MaxFlush];
        var written = resampler.Process(samples, output);
        written += resampler.Flush(output.AsSpan(written));
        return output.AsSpan(0, (int)Math.Min(written, (long)samples.Length * to / from)).ToArray();
    }

    private int Drain(Span<short> output)
    {
        var (group, ends, steps) = (_kernel.Group, _kernel.Ends, _kernel.Steps);
        var written = 0;
        while (_position + ends[(_phase * group) + _given] <= _filled)
        {
            // Whatever the blocks, an output is made with its group, in the same order: the same samples. What the group lacks yet is multiplied by zero.
            var samples = Next();
            if (group == 4 && _given == 0 && output.Length - written >= 4 && _position + ends[(_phase * group) + 3] <= _filled)
            {
                MemoryMarshal.Write(MemoryMarshal.AsBytes(output[written..]), samples);
                written += 4;
                _given = 4;
            }
            else
            {
                do
                {
                    output[written++] = (short)(samples >> (16 * _given++));
                }
                while (_given < group && _position + ends[(_phase * group) + _given] <= _filled);
            }

            if (_given == group)
            {
                _position += steps[_phase].Whole;
                _phase = steps[_phase].Phase;
                _given = 0;
            }
        }

        // A long step may lie beyond what is filled; what is before it is not needed again.
        var drop = Math.Min(_position, _filled);
        _window.AsSpan(drop, _filled - drop).CopyTo(_window);
        _filled -= drop;
        _position -= drop;
        return written;
    }

    /// <summary>The group at the position, the first output in the lowest 16 bits.</summary>
    private long Next()
    {
        var taps = (nuint)_kernel.Taps;
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_window), _position);
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_kernel.Rows), (nuint)_kernel.First + ((nuint)(_phase * _kernel.Group) * taps));
        Vector512<float> a = default, b = default, c = default, d = default;
        if (_kernel.Group == 1)
        {
            for (nuint tap = 0; tap < taps; tap += (nuint)Vector512<float>.Count)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref from, tap), Vector512.LoadUnsafe(ref row, tap), a);
            }
        }
        else
        {
            for (nuint tap = 0; tap < taps; tap += (nuint)Vector512<float>.Count)
            {
                var samples = Vector512.LoadUnsafe(ref from, tap);
                a = Vector512.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref row, tap), a);
                b = Vector512.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref row, taps + tap), b);
                c = Vector512.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref row, (2 * taps) + tap), c);
                d = Vector512.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref row, (3 * taps) + tap), d);
            }
        }

        return Four(Fold(a), Fold(b), Fold(c), Fold(d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fold(Vector512<float> sum)
    {
        var half = sum.GetLower() + sum.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    /// <summary>The sums of four vectors as four samples, rounded and saturated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Four(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        var sums = Pairs(Pairs(a, b), Pairs(c, d));
        var within = Vector128.Clamp(sums, Vector128.Create((float)short.MinValue), Vector128.Create((float)short.MaxValue));
        var samples = Vector128.ConvertToInt32Native(Vector128.Round(within));
        return Vector128.NarrowWithSaturation(samples, samples).AsInt64().ToScalar();
    }

    /// <summary>a0 + a1, a2 + a3, b0 + b1, b2 + b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Pairs(Vector128<float> a, Vector128<float> b)
    {
        if (Sse3.IsSupported)
        {
            return Sse3.HorizontalAdd(a, b);
        }

        return AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.AddPairwise(a, b)
            : Vector128.Create(a[0] + a[1], a[2] + a[3], b[0] + b[1], b[2] + b[3]);
    }

    private static void Widen(ReadOnlySpan<short> samples, Span<float> values)
    {
        var done = 0;
        for (; done <= samples.Length - Vector256<short>.Count; done += Vector256<short>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(samples[done..]));
            Vector256.ConvertToSingle(low).CopyTo(values[done..]);
            Vector256.ConvertToSingle(high).CopyTo(values[(done + Vector256<int>.Count)..]);
        }

        for (; done < samples.Length; done++)
        {
            values[done] = samples[done];
        }
    }
}
