using System.Numerics;
using System.Runtime.InteropServices;

namespace Voice.Core.Audio;

/// <summary>
/// Changes the rate of a stream of samples block by block, whatever the sizes of the blocks: the same samples come out as from one
/// large block. Output is aligned with input (the filter's delay is taken off at the start and given back by <see cref="Flush"/>).
/// Allocates only in the constructor. Not thread-safe.
/// </summary>
public sealed class StreamingResampler
{
    private const int Chunk = 1024;

    private readonly ResamplerKernel _kernel;
    private readonly float[] _window;
    private int _filled;
    // Position of the next output, in input samples from the start of the window, and the fraction as a phase.
    private int _position;
    private int _phase;

    public StreamingResampler(int from, int to)
    {
        _kernel = ResamplerKernel.For(from, to);
        From = from;
        To = to;
        _window = new float[_kernel.Taps + Chunk];
        Reset();
    }

    public int From { get; }

    public int To { get; }

    public static bool Supports(int from, int to) => ResamplerKernel.Supports(from, to);

    /// <summary>The most samples that <see cref="Process"/> makes of <paramref name="inputLength"/>.</summary>
    public int MaxOutput(int inputLength) => (int)((((long)inputLength + 1) * _kernel.Up) / _kernel.Down) + 1;

    /// <summary>The most samples that <see cref="Flush"/> gives.</summary>
    public int MaxFlush => MaxOutput(_kernel.Taps);

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
            var take = Math.Min(input.Length, _window.Length - _filled);
            var target = _window.AsSpan(_filled, take);
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = input[i];
            }

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

        Span<short> silence = stackalloc short[_kernel.Taps / 2];
        silence.Clear();
        var written = Process(silence, output);
        Reset();
        return written;
    }

    public void Reset()
    {
        Array.Clear(_window);
        // Half a filter of silence before the first sample, so that the first output lies on the first input.
        _filled = (_kernel.Taps / 2) - 1;
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
        var taps = _kernel.Taps;
        var written = 0;
        while (_position + taps <= _filled)
        {
            output[written++] = Pcm16.FromSingle(Dot(_window.AsSpan(_position, taps), _kernel.Phases.AsSpan(_phase * taps, taps)));
            _phase += _kernel.Down;
            var (whole, rest) = Math.DivRem(_phase, _kernel.Up);
            _position += whole;
            _phase = rest;
        }

        // A long step may lie beyond what is filled; what is before it is not needed again.
        var drop = Math.Min(_position, _filled);
        _window.AsSpan(drop, _filled - drop).CopyTo(_window);
        _filled -= drop;
        _position -= drop;
        return written;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var left = MemoryMarshal.Cast<float, Vector<float>>(a);
        var right = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return Vector.Sum(sum);
    }
}
