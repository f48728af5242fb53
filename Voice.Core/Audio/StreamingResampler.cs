using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
    private readonly short[] _window;
    private readonly bool _prompt;
    private int _filled;
    // Where the next output begins, in input samples from the start of the window, and its fraction as a phase.
    private int _position;
    private int _phase;

    /// <param name="prompt">For who waits for whole frames: a frame that lacks its last millisecond waits for the next block.</param>
    public StreamingResampler(int from, int to, bool prompt = false)
    {
        _kernel = ResamplerKernel.For(from, to);
        From = from;
        To = to;
        _prompt = prompt;
        _window = new short[(3 * _kernel.Taps) + Chunk];
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
            var take = Math.Min(input.Length, Math.Min(Chunk, _window.Length - (2 * _kernel.Taps) - _filled));
            input[..take].CopyTo(_window.AsSpan(_filled));
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
        var (steps, width, filled) = (_kernel.Steps, _kernel.Width, _filled);
        var (position, phase, written) = (_position, _phase, 0);
        if (_kernel.Simple)
        {
            ref readonly var step = ref steps[phase];
            written = Fours(output, position, step, filled);
            position += written / 4 * step.Four;
        }

        while (position + width <= filled)
        {
            ref readonly var step = ref steps[phase];
            var four = Four(position, step);
            if (position + step.Reach <= filled)
            {
                MemoryMarshal.Write(MemoryMarshal.AsBytes(output[written..]), four);
                written += 4;
                position += step.Four;
                phase = step.FourPhase;
            }
            else
            {
                // What the others lack yet is of no account to the first.
                output[written++] = (short)four;
                position += step.One;
                phase = step.OnePhase;
            }
        }

        // A long step may lie beyond what is filled; what is before it is not needed again.
        var drop = Math.Min(position, filled);
        _window.AsSpan(drop, filled - drop).CopyTo(_window);
        (_filled, _position, _phase) = (filled - drop, position - drop, phase);
        return written;
    }

    /// <summary>As many outputs as come in fours, where the rows are few enough to stay in registers.</summary>
    private int Fours(Span<short> output, int position, in ResamplerKernel.Step step, int filled)
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_window), position);
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_kernel.Rows), _kernel.First + step.Row);
        const nuint lanes = 32;
        var (first, firstRest) = (Vector512.LoadUnsafe(ref row), Vector512.LoadUnsafe(ref row, lanes));
        var (second, secondRest) = (Vector512.LoadUnsafe(ref row, 2 * lanes), Vector512.LoadUnsafe(ref row, 3 * lanes));
        var (late, four) = ((nuint)step.Two, step.Four);
        var fours = position + step.Reach > filled ? 0 : ((filled - position - step.Reach) / four) + 1;
        var to = MemoryMarshal.Cast<short, long>(output[..(fours * 4)]);
        for (var i = 0; i < to.Length; i++)
        {
            var (samples, rest) = (Vector512.LoadUnsafe(ref from), Vector512.LoadUnsafe(ref from, lanes));
            var a = Products.OfPairs(samples, first) + Products.OfPairs(rest, firstRest);
            var b = Products.OfPairs(samples, second) + Products.OfPairs(rest, secondRest);
            (samples, rest) = (Vector512.LoadUnsafe(ref from, late), Vector512.LoadUnsafe(ref from, late + lanes));
            var c = Products.OfPairs(samples, first) + Products.OfPairs(rest, firstRest);
            var d = Products.OfPairs(samples, second) + Products.OfPairs(rest, secondRest);
            to[i] = Samples(Products.HalfSums(a, b, c, d));
            from = ref Unsafe.Add(ref from, four);
        }

        return fours * 4;
    }

    /// <summary>Four outputs, the first in the lowest 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Four(int position, in ResamplerKernel.Step step)
    {
        ref var early = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_window), position);
        ref var late = ref Unsafe.Add(ref early, step.Two);
        ref var rows = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_kernel.Rows), _kernel.First);
        ref var first = ref Unsafe.Add(ref rows, step.Row);
        ref var second = ref Unsafe.Add(ref rows, step.TwoRow);
        var taps = _kernel.Taps;
        var sums = Sums(ref early, ref first, ref late, ref second, (nuint)taps);
        if (_kernel.Fine)
        {
            sums += Sums(ref early, ref Unsafe.Add(ref first, 2 * taps), ref late, ref Unsafe.Add(ref second, 2 * taps), (nuint)taps) >> ResamplerKernel.FinePlaces;
        }

        return Samples(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Samples(Vector128<int> halves)
    {
        const int places = ResamplerKernel.Places - 1;
        var samples = (halves + Vector128.Create(1 << (places - 1))) >> places;
        return Vector128.NarrowWithSaturation(samples, samples).AsInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Sums(ref short early, ref short first, ref short late, ref short second, nuint taps)
    {
        Vector512<int> a = default, b = default, c = default, d = default;
        for (nuint tap = 0; tap < taps; tap += (nuint)Vector512<short>.Count)
        {
            var samples = Vector512.LoadUnsafe(ref early, tap);
            a += Products.OfPairs(samples, Vector512.LoadUnsafe(ref first, tap));
            b += Products.OfPairs(samples, Vector512.LoadUnsafe(ref first, taps + tap));
            samples = Vector512.LoadUnsafe(ref late, tap);
            c += Products.OfPairs(samples, Vector512.LoadUnsafe(ref second, tap));
            d += Products.OfPairs(samples, Vector512.LoadUnsafe(ref second, taps + tap));
        }

        return Products.HalfSums(a, b, c, d);
    }
}
