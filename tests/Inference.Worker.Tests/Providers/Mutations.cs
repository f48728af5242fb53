namespace Voice.Inference.Tests.Providers;

/// <summary>What a broken, an old or a hostile server might send instead: deterministic, so that a failure can be run again by its number.</summary>
internal static class Mutations
{
    private static readonly byte[][] Interesting =
    [
        "\0"u8.ToArray(), "\n\n"u8.ToArray(), "\r"u8.ToArray(), "data:"u8.ToArray(), "event: error\n"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "]"u8.ToArray(), "[["u8.ToArray(),
        "null"u8.ToArray(), "-1"u8.ToArray(), "1e999"u8.ToArray(), "9223372036854775808"u8.ToArray(), "\"\\ud800\""u8.ToArray(), [0xEF, 0xBB, 0xBF], [0xFF], [0xC3],
    ];

    public static byte[] Of(IReadOnlyList<byte[]> seeds, int number)
    {
        var random = new Random(number);
        var data = new List<byte>(seeds[number % seeds.Count]);
        for (var change = random.Next(1, 6); change > 0 && data.Count > 0; change--)
        {
            var at = random.Next(data.Count);
            var length = Math.Min(random.Next(1, 40), data.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    data[at] = (byte)random.Next(256);
                    break;
                case 1:
                    data.RemoveRange(at, length);
                    break;
                case 2:
                    data.InsertRange(random.Next(data.Count), data.GetRange(at, length));
                    break;
                case 3:
                    data.InsertRange(at, Interesting[random.Next(Interesting.Length)]);
                    break;
                case 4:
                    data.RemoveRange(at, data.Count - at);
                    break;
                default:
                    var other = seeds[random.Next(seeds.Count)];
                    data.InsertRange(at, other.Take(random.Next(other.Length)));
                    break;
            }
        }

        return [.. data];
    }
}
