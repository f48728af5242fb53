using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Voice.Core.Audio;

/// <summary>
/// Power spectrum of 512 samples under a Hann window: a complex transform of 256 points as 16 by 16, so that every step works on whole
/// vectors of 16. Holds tables only; the caller gives the room to work in.
/// </summary>
internal static class PowerSpectrum
{
    public const int Length = 512;

    /// <summary>Without the Nyquist frequency, which no speech band needs.</summary>
    public const int Bins = Length / 2;

    /// <summary>Floats of work space.</summary>
    public const int Work = 4 * Points;

    private const int Points = Length / 2;
    private const int Side = 16;

    private static readonly float[] WindowEven = Table(Points, n => Hann(2 * n));
    private static readonly float[] WindowOdd = Table(Points, n => Hann((2 * n) + 1));
    private static readonly float[] TurnRe = Table(Points, n => Math.Cos(2 * Math.PI * (n / Side) * (n % Side) / Points));
    private static readonly float[] TurnIm = Table(Points, n => -Math.Sin(2 * Math.PI * (n / Side) * (n % Side) / Points));
    private static readonly float[] SmallRe = Table(Side, n => Math.Cos(2 * Math.PI * (n / 4) * (n % 4) / Side));
    private static readonly float[] SmallIm = Table(Side, n => -Math.Sin(2 * Math.PI * (n / 4) * (n % 4) / Side));
    private static readonly float[] UnpackRe = Table(Points, n => Math.Cos(2 * Math.PI * n / Length));
    private static readonly float[] UnpackIm = Table(Points, n => -Math.Sin(2 * Math.PI * n / Length));
    private static readonly Vector512<int> Reversed = Vector512.Create(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);

    /// <param name="samples"><see cref="Length"/>.</param>
    /// <param name="power">The lowest bins, all <see cref="Bins"/> or a multiple of 16; a sine of amplitude A has about (A / 2)² · 3/8 in all its bins together.</param>
    /// <param name="work"><see cref="Work"/> floats.</param>
    public static void Of(ReadOnlySpan<short> samples, Span<float> power, Span<float> work)
    {
        var re = work[..Points];
        var im = work.Slice(Points, Points);
        var re2 = work.Slice(2 * Points, Points);
        var im2 = work.Slice(3 * Points, Points);
        Load(samples, re, im);
        Columns(re, im, re2, im2);
        Turn(re, im);
        Square.Transpose(re, re2);
        Square.Transpose(im, im2);
        Columns(re2, im2, re, im);
        Unpack(re2, im2, power);
    }

    /// <summary>Even samples become real parts and odd ones imaginary.</summary>
    private static void Load(ReadOnlySpan<short> samples, Span<float> re, Span<float> im)
    {
        var pairs = MemoryMarshal.Cast<short, int>(samples);
        for (var n = 0; n < Points; n += Side)
        {
            var pair = Vector512.Create(pairs[n..]);
            (Vector512.ConvertToSingle((pair << 16) >> 16) * Vector512.Create(WindowEven.AsSpan(n))).CopyTo(re[n..]);
            (Vector512.ConvertToSingle(pair >> 16) * Vector512.Create(WindowOdd.AsSpan(n))).CopyTo(im[n..]);
        }
    }

    /// <summary>Sixteen transforms of 16 points at once, one per lane, in two steps of radix 4; the result is in the same place.</summary>
    private static void Columns(Span<float> re, Span<float> im, Span<float> re2, Span<float> im2)
    {
        for (var i = 0; i < 4; i++)
        {
            Four(re, im, i, 4, re2, im2, 4 * i, 1);
            for (var k = 1; k < 4 && i > 0; k++)
            {
                Multiply(re2, im2, ((4 * i) + k) * Side, Vector512.Create(SmallRe[(4 * i) + k]), Vector512.Create(SmallIm[(4 * i) + k]));
            }
        }

        for (var i = 0; i < 4; i++)
        {
            Four(re2, im2, i, 4, re, im, i, 4);
        }
    }

    private static void Turn(Span<float> re, Span<float> im)
    {
        for (var at = Side; at < Points; at += Side)
        {
            Multiply(re, im, at, Vector512.Create(TurnRe.AsSpan(at)), Vector512.Create(TurnIm.AsSpan(at)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(Span<float> re, Span<float> im, int from, int step, Span<float> toRe, Span<float> toIm, int to, int toStep)
    {
        ref var inRe = ref MemoryMarshal.GetReference(re);
        ref var inIm = ref MemoryMarshal.GetReference(im);
        ref var outRe = ref MemoryMarshal.GetReference(toRe);
        ref var outIm = ref MemoryMarshal.GetReference(toIm);
        var (first, stride) = ((nuint)(from * Side), (nuint)(step * Side));
        var (target, pace) = ((nuint)(to * Side), (nuint)(toStep * Side));
        var ar = Vector512.LoadUnsafe(ref inRe, first);
        var br = Vector512.LoadUnsafe(ref inRe, first + stride);
        var cr = Vector512.LoadUnsafe(ref inRe, first + (2 * stride));
        var dr = Vector512.LoadUnsafe(ref inRe, first + (3 * stride));
        var ai = Vector512.LoadUnsafe(ref inIm, first);
        var bi = Vector512.LoadUnsafe(ref inIm, first + stride);
        var ci = Vector512.LoadUnsafe(ref inIm, first + (2 * stride));
        var di = Vector512.LoadUnsafe(ref inIm, first + (3 * stride));
        var (sumR, sumI, offR, offI) = (ar + cr, ai + ci, ar - cr, ai - ci);
        var (sum2R, sum2I, off2R, off2I) = (br + dr, bi + di, br - dr, bi - di);
        (sumR + sum2R).StoreUnsafe(ref outRe, target);
        (sumI + sum2I).StoreUnsafe(ref outIm, target);
        (offR + off2I).StoreUnsafe(ref outRe, target + pace);
        (offI - off2R).StoreUnsafe(ref outIm, target + pace);
        (sumR - sum2R).StoreUnsafe(ref outRe, target + (2 * pace));
        (sumI - sum2I).StoreUnsafe(ref outIm, target + (2 * pace));
        (offR - off2I).StoreUnsafe(ref outRe, target + (3 * pace));
        (offI + off2R).StoreUnsafe(ref outIm, target + (3 * pace));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Span<float> re, Span<float> im, int at, Vector512<float> byRe, Vector512<float> byIm)
    {
        ref var r = ref MemoryMarshal.GetReference(re);
        ref var i = ref MemoryMarshal.GetReference(im);
        var (x, y) = (Vector512.LoadUnsafe(ref r, (nuint)at), Vector512.LoadUnsafe(ref i, (nuint)at));
        ((x * byRe) - (y * byIm)).StoreUnsafe(ref r, (nuint)at);
        ((x * byIm) + (y * byRe)).StoreUnsafe(ref i, (nuint)at);
    }

    /// <summary>The spectrum of the real samples from that of their pairs.</summary>
    private static void Unpack(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> power)
    {
        // Point k goes with point 256 - k, and 0 with itself.
        Span<float> mirrorRe = stackalloc float[Side];
        Span<float> mirrorIm = stackalloc float[Side];
        for (var at = 0; at < power.Length; at += Side)
        {
            Vector512<float> zr, zi;
            if (at == 0)
            {
                for (var k = 0; k < Side; k++)
                {
                    (mirrorRe[k], mirrorIm[k]) = (re[(Points - k) % Points], im[(Points - k) % Points]);
                }

                (zr, zi) = (Vector512.Create(mirrorRe), Vector512.Create(mirrorIm));
            }
            else
            {
                zr = Vector512.Shuffle(Vector512.Create(re[(Points - at - Side + 1)..]), Reversed);
                zi = Vector512.Shuffle(Vector512.Create(im[(Points - at - Side + 1)..]), Reversed);
            }

            var (xr, xi) = (Vector512.Create(re[at..]), Vector512.Create(im[at..]));
            var (evenR, evenI) = (xr + zr, xi - zi);
            var (oddR, oddI) = (xi + zi, zr - xr);
            var (wr, wi) = (Vector512.Create(UnpackRe.AsSpan(at)), Vector512.Create(UnpackIm.AsSpan(at)));
            var r = evenR + (oddR * wr) - (oddI * wi);
            var i = evenI + (oddR * wi) + (oddI * wr);
            (((r * r) + (i * i)) * Vector512.Create(0.25f / Length / Length)).CopyTo(power[at..]);
        }
    }

    private static double Hann(int n) => 0.5 - (0.5 * Math.Cos(2 * Math.PI * (n + 0.5) / Length));

    private static float[] Table(int length, Func<int, double> at) => [.. Enumerable.Range(0, length).Select(n => (float)at(n))];
}
