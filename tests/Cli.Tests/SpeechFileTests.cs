using System.Buffers.Binary;
using System.Text;
using Voice.Core.Audio;

namespace Voice.Cli.Tests;

public sealed class SpeechFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Damage => new()
    {
        { "empty", "too short" },
        { "text", "not a WAV file" },
        { "header only", "holds no audio" },
        { "cut short", "cut short" },
        { "absurd chunk", "cut off or damaged" },
        { "no channels", "0 channels" },
        { "absurd rate", "sample rate" },
        { "unknown encoding", "not supported" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task A_file_that_cannot_be_played_is_one_line_before_anything_is_sent(string damage, string says)
    {
        var file = _folder.Write("bad.wav", Damaged(damage));

        var result = await CommandResult.OfAsync("talk", file, "--url", "http://127.0.0.1:1");

        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Contains(says, Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task A_missing_file_is_one_line()
    {
        var result = await CommandResult.OfAsync("talk", _folder.File("absent.wav"));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("absent.wav", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(0u)]
    [InlineData(0x7FFF_FFFFu)]
    public async Task A_file_whose_writer_could_not_go_back_is_played(uint claimed)
    {
        var file = Tone();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), claimed);

        var pcm = await Talk.SpeechFile.ReadAsync(_folder.Write("streamed.wav", file), CancellationToken.None);

        Assert.Equal(24_000 / 10 * 2, pcm.Length);
    }

    [TestDataFact("audio_formats/ps_bad.wav")]
    public async Task Every_hostile_sample_is_refused_in_one_line_or_decoded()
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(TestData.Path("audio_formats/ps_bad.wav"))!))
        {
            var result = await CommandResult.OfAsync("talk", file, "--url", "http://127.0.0.1:1");

            Assert.True(result.ExitCode is ExitCode.BadFile or ExitCode.Unreachable, $"{file}: {result.ExitCode}");
            Assert.Single(result.ErrorLines);
        }
    }

    private static byte[] Tone() => WavWriter.Write(Enumerable.Range(0, 800).Select(i => (short)(i * 31)).ToArray(), 8_000);

    private static byte[] Damaged(string damage)
    {
        var file = Tone();
        switch (damage)
        {
            case "empty":
                return [];
            case "text":
                return Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
            case "header only":
                return WavWriter.Write(ReadOnlySpan<byte>.Empty, 8_000);
            case "cut short":
                return file[..500];
            case "absurd chunk":
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(16), 0x6666_6666);
                break;
            case "no channels":
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), 0);
                break;
            case "absurd rate":
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(24), 3_000_000_000);
                break;
            default:
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(20), 0x0055);
                break;
        }

        return file;
    }
}
