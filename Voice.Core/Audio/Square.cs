using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Voice.Core.Audio;

/// <summary>Sixteen vectors of sixteen. Turning them one number at a time took a quarter of all that voice activity costs.</summary>
internal static class Square
{
    public const int Side = 16;

    /// <summary>Rows become columns. <paramref name="to"/> is not <paramref name="from"/>.</summary>
    public static void Transpose(ReadOnlySpan<float> from, Span<float> to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from.Length, Side * Side);
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, Side * Side);
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        if (Avx512F.IsSupported)
        {
            for (var rows = 0; rows < 4; rows++)
            {
                InQuarters(ref Unsafe.Add(ref source, rows * 4 * Side), ref Unsafe.Add(ref target, rows * 4 * Side));
            }

            for (var column = 0; column < 4; column++)
            {
                Quarters(ref Unsafe.Add(ref target, column * Side));
            }

            return;
        }

        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                Unsafe.Add(ref target, (column * Side) + row) = Unsafe.Add(ref source, (row * Side) + column);
            }
        }
    }

    /// <summary>Of four rows, each square of four by four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InQuarters(ref float source, ref float target)
    {
        var (a, b) = (Vector512.LoadUnsafe(ref source), Vector512.LoadUnsafe(ref source, Side));
        var (c, d) = (Vector512.LoadUnsafe(ref source, 2 * Side), Vector512.LoadUnsafe(ref source, 3 * Side));
        var (abLow, abHigh) = (Avx512F.UnpackLow(a, b).AsDouble(), Avx512F.UnpackHigh(a, b).AsDouble());
        var (cdLow, cdHigh) = (Avx512F.UnpackLow(c, d).AsDouble(), Avx512F.UnpackHigh(c, d).AsDouble());
        Avx512F.UnpackLow(abLow, cdLow).AsSingle().StoreUnsafe(ref target);
        Avx512F.UnpackHigh(abLow, cdLow).AsSingle().StoreUnsafe(ref target, Side);
        Avx512F.UnpackLow(abHigh, cdHigh).AsSingle().StoreUnsafe(ref target, 2 * Side);
        Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle().StoreUnsafe(ref target, 3 * Side);
    }

    /// <summary>Of every fourth row from here on, the squares among each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarters(ref float rows)
    {
        const byte even = 0b10_00_10_00, odd = 0b11_01_11_01;
        var (a, b) = (Vector512.LoadUnsafe(ref rows), Vector512.LoadUnsafe(ref rows, 4 * Side));
        var (c, d) = (Vector512.LoadUnsafe(ref rows, 8 * Side), Vector512.LoadUnsafe(ref rows, 12 * Side));
        var (abEven, abOdd) = (Avx512F.Shuffle4x128(a, b, even), Avx512F.Shuffle4x128(a, b, odd));
        var (cdEven, cdOdd) = (Avx512F.Shuffle4x128(c, d, even), Avx512F.Shuffle4x128(c, d, odd));
        Avx512F.Shuffle4x128(abEven, cdEven, even).StoreUnsafe(ref rows);
        Avx512F.Shuffle4x128(abOdd, cdOdd, even).StoreUnsafe(ref rows, 4 * Side);
        Avx512F.Shuffle4x128(abEven, cdEven, odd).StoreUnsafe(ref rows, 8 * Side);
        Avx512F.Shuffle4x128(abOdd, cdOdd, odd).StoreUnsafe(ref rows, 12 * Side);
    }
}
