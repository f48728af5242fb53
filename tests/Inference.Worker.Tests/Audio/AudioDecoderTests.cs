using System.Globalization;
using Microsoft.Extensions.Options;
using Voice.Core.Audio;
using Voice.Inference.Audio;
using Voice.Inference.Processes;

namespace Voice.Inference.Tests.Audio;

public sealed class AudioDecoderTests
{
    private static readonly AudioBounds Bounds = new(TimeSpan.FromMinutes(1), 1024 * 1024);

    private readonly AudioDecoder _decoder = Decoder(new FfmpegOptions());

    /// <summary>Each keeps tones of some 300 to 1,700 Hz recognisable, whatever it does to the rest.</summary>
    [Theory]
    [InlineData(1, 8_000, "-c:a pcm_u8 -f wav OUT")]
    [InlineData(2, 16_000, "-c:a pcm_s16le -f wav OUT")]
    [InlineData(8, 48_000, "-c:a pcm_s24le -f wav OUT")]
    [InlineData(3, 192_000, "-c:a pcm_s32le -f wav OUT")]
    [InlineData(6, 96_000, "-c:a pcm_f32le -f wav OUT")]
    [InlineData(1, 44_100, "-c:a pcm_f64le -f wav OUT")]
    [InlineData(1, 8_000, "-c:a pcm_alaw -f wav OUT")]
    [InlineData(2, 8_000, "-c:a pcm_mulaw -f wav OUT")]
    [InlineData(1, 22_050, "-c:a adpcm_ms -f wav OUT")]
    [InlineData(2, 22_050, "-c:a adpcm_ima_wav -f wav OUT")]
    [InlineData(1, 44_056, "-c:a pcm_s16le -f wav OUT")]
    [InlineData(1, 16_000, "-c:a pcm_s16le -rf64 always -f wav OUT")]
    [InlineData(1, 16_000, "-c:a pcm_s16le -f w64 OUT")]
    [InlineData(2, 44_100, "-c:a libmp3lame -f mp3 OUT")]
    [InlineData(8, 48_000, "-c:a flac -f flac OUT")]
    [InlineData(2, 96_000, "-c:a flac -f ogg OUT")]
    [InlineData(1, 48_000, "-c:a libopus -f ogg OUT")]
    [InlineData(2, 48_000, "-c:a libopus -f webm OUT")]
    [InlineData(2, 44_100, "-c:a aac -f adts OUT")]
    [InlineData(2, 48_000, "-c:a aac -f ipod OUT")]
    [InlineData(1, 48_000, "-c:a alac -f ipod -movflags +faststart OUT")]
    [InlineData(2, 44_100, "-c:a pcm_s16be -f aiff OUT")]
    [InlineData(1, 44_100, "-c:a pcm_mulaw -f au OUT")]
    [InlineData(2, 44_100, "-c:a pcm_s16le -f caf OUT")]
    public async Task What_people_record_is_decoded_channel_by_channel(int channels, int rate, string arguments)
    {
        var file = await MadeAudio.Async(channels, rate, arguments);

        var decoded = await ChannelsAsync(file, mono: false);

        Assert.Equal(channels, decoded.Count);
        for (var i = 0; i < channels; i++)
        {
            // Coders add some silence at the ends.
            Assert.InRange(decoded[i].Length / 16_000.0, MadeAudio.Seconds - 0.05, MadeAudio.Seconds + 0.15);
            var middle = decoded[i].AsSpan(4_000, 16_000);
            var own = MadeAudio.Strength(middle, MadeAudio.Tone(i));
            Assert.InRange(own, 0.15, 0.35);
            for (var other = 0; other < channels; other++)
            {
                Assert.True(other == i || MadeAudio.Strength(middle, MadeAudio.Tone(other)) < own / 4, $"channel {i} has the tone of {other}");
            }
        }
    }

    [Fact]
    public async Task Channels_become_one_where_mono_is_asked_for()
    {
        var mono = Assert.Single(await ChannelsAsync(await MadeAudio.Async(2, 48_000, "-c:a libopus -f webm OUT"), mono: true));

        Assert.All(new[] { 0, 1 }, channel => Assert.InRange(MadeAudio.Strength(mono.AsSpan(4_000, 16_000), MadeAudio.Tone(channel)), 0.08, 0.18));
    }

    [Fact]
    public async Task Blocks_of_whatever_size_make_the_same_samples()
    {
        var file = await MadeAudio.Async(2, 44_100, "-c:a pcm_s24le -f wav OUT");

        Assert.Equal(await ChannelsAsync(file, mono: true), await ChannelsAsync(file, mono: true, pieces: 777));
    }

    [Fact]
    public async Task A_wav_whose_writer_never_knew_its_length_is_read_to_its_end()
    {
        var file = await MadeAudio.Async(1, 16_000, "-c:a pcm_s16le -f wav -bitexact OUT");
        file.AsSpan(40, 4).Fill(0xFF);

        Assert.Equal(MadeAudio.Seconds * 16_000, Assert.Single(await ChannelsAsync(file, mono: true)).Length);
    }

    [Theory]
    [InlineData("-c:a flac -f flac OUT", "FLAC")]
    [InlineData("-c:a libopus -f ogg OUT", "Ogg")]
    [InlineData("-c:a libmp3lame -id3v2_version 3 -write_xing 0 -f mp3 OUT", "MP3")]
    [InlineData("-c:a aac -f ipod OUT", "MP4")]
    [InlineData("-c:a libopus -f webm OUT", "WebM")]
    public async Task A_file_that_is_nothing_but_its_beginning_is_refused_by_name_and_place(string arguments, string name)
    {
        var file = await MadeAudio.Async(1, 48_000, arguments);
        byte[] damaged = [.. file.AsSpan(0, 40), .. new byte[2_000]];

        var failure = await Assert.ThrowsAsync<AudioFormatException>(() => ChannelsAsync(damaged, mono: true));

        Assert.StartsWith($"The {name} file is damaged: no audio could be read from it", failure.Message);
        Assert.DoesNotMatch("0x[0-9a-f]{6}|/proc|/tmp", failure.Message);
    }

    [Fact]
    public async Task A_file_that_is_damaged_in_its_middle_is_refused()
    {
        var file = await MadeAudio.Async(1, 44_100, "-c:a aac -f ipod -movflags +faststart OUT");
        new Random(5).NextBytes(file.AsSpan(file.Length / 3, file.Length / 3));

        var failure = await Assert.ThrowsAsync<AudioFormatException>(() => ChannelsAsync(file, mono: true));

        Assert.Matches(@"^The MP4 file is damaged: no more than \d\.\d s of audio could be read from it \(.+\)\.$", failure.Message);
    }

    /// <summary>A playlist, a list of files and a picture are formats of ffmpeg too; none of them gets that far.</summary>
    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD/>")]
    [InlineData("\u0089PNG\r\n\u001A\n and more of it")]
    [InlineData("")]
    public async Task What_leads_elsewhere_is_no_audio(string file)
    {
        var failure = await Assert.ThrowsAsync<AudioFormatException>(() => ChannelsAsync([.. file.Select(c => (byte)c)], mono: true));

        Assert.Contains("Accepted: WAV, MP3", failure.Message);
    }

    [Fact]
    public async Task A_film_gives_its_sound_and_its_pictures_are_not_decoded()
    {
        var file = await MadeAudio.RunAsync([], $"-f lavfi -i testsrc=d={MadeAudio.Seconds.ToString(CultureInfo.InvariantCulture)}:s=64x64 -f lavfi -i sine=f=300:r=48000:d={MadeAudio.Seconds.ToString(CultureInfo.InvariantCulture)} -c:v mpeg4 -c:a aac -f mp4 OUT");

        Assert.InRange(MadeAudio.Strength(Assert.Single(await ChannelsAsync(file, mono: true)).AsSpan(4_000, 16_000), 300), 0.05, 0.2);
    }

    [Fact]
    public async Task A_film_without_sound_is_refused()
    {
        var file = await MadeAudio.RunAsync([], "-f lavfi -i testsrc=d=1:s=64x64 -c:v mpeg4 -f mp4 OUT");

        Assert.Contains("no audio", (await Assert.ThrowsAsync<AudioFormatException>(() => ChannelsAsync(file, mono: true))).Message);
    }

    [Fact]
    public async Task Sound_that_is_longer_than_its_bounds_ends_there()
    {
        var file = await MadeAudio.Async(1, 48_000, "-c:a libopus -f ogg OUT");

        var failure = await Assert.ThrowsAsync<AudioFormatException>(() => ChannelsAsync(file, mono: true, bounds: Bounds with { Longest = TimeSpan.FromSeconds(1) }));

        Assert.Contains("longer than", failure.Message);
    }

    [Fact]
    public async Task A_container_that_must_be_kept_is_kept_up_to_its_bounds_and_nothing_of_it_stays()
    {
        var file = await MadeAudio.Async(1, 48_000, "-c:a aac -f ipod OUT");

        await Assert.ThrowsAsync<AudioFormatException>(() => ChannelsAsync(file, mono: true, bounds: Bounds with { LargestFile = 1_000 }));
        await ChannelsAsync(file, mono: true);

        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "voice-????????????????????????????????"));
    }

    [Fact]
    public async Task Who_leaves_in_the_middle_ends_the_decoder_and_gives_its_place_back()
    {
        var decoder = Decoder(new FfmpegOptions { MaxDecoders = 1, Queue = TimeSpan.Zero });
        var file = await MadeAudio.Async(1, 48_000, "-c:a libopus -f ogg OUT");
        await using (var first = await decoder.OpenAsync(new EndlessStream(file), true, Bounds, CancellationToken.None).OrTimeout())
        {
            await Assert.ThrowsAsync<EngineSaturatedException>(() => decoder.OpenAsync(new MemoryStream(file), true, Bounds, CancellationToken.None)).OrTimeout();
            using var leave = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var block in first.ReadAsync(leave.Token))
                {
                    await leave.CancelAsync();
                }
            }).OrTimeout();
        }

        await using var second = await decoder.OpenAsync(new MemoryStream(file), true, Bounds, CancellationToken.None).OrTimeout();
        Assert.Equal(1, second.Channels);
    }

    [Fact]
    public async Task Without_ffmpeg_wav_is_read_and_everything_else_named()
    {
        var decoder = Decoder(new FfmpegOptions { Path = "/nowhere/ffmpeg" });
        var flac = await MadeAudio.Async(1, 16_000, "-c:a flac -f flac OUT");

        await using var wav = await decoder.OpenAsync(new MemoryStream(WavWriter.Write(new short[160], 16_000)), true, Bounds, CancellationToken.None);
        var failure = await Assert.ThrowsAsync<AudioFormatException>(() => decoder.OpenAsync(new MemoryStream(flac), true, Bounds, CancellationToken.None));

        Assert.Equal("This server cannot decode FLAC (ffmpeg is not installed); send WAV.", failure.Message);
    }

    [Theory]
    [InlineData("[flac @ 0x55dfb75ee940] invalid sync code\npipe:0: Invalid data\n", "invalid sync code")]
    [InlineData("file:/proc/12/fd/7: Invalid data found when processing input\n", "Invalid data found when processing input")]
    [InlineData("\n[ogg @ 0x1]  \u001B[31mred\u0007\n", "[31mred")]
    public void What_ffmpeg_says_is_made_safe_to_show(string said, string shown) => Assert.Equal(shown, FfmpegProcess.Reason(said));

    private static AudioDecoder Decoder(FfmpegOptions options) => new(new Ffmpeg(Options.Create(options)), TimeProvider.System);

    private async Task<IReadOnlyList<short[]>> ChannelsAsync(byte[] file, bool mono, AudioBounds? bounds = null, int pieces = int.MaxValue)
    {
        await using var pcm = await _decoder.OpenAsync(new PiecesStream(file, pieces), mono, bounds ?? Bounds, CancellationToken.None).OrTimeout();
        var channels = Enumerable.Range(0, pcm.Channels).Select(_ => new List<short>()).ToList();
        await foreach (var block in pcm.ReadAsync(CancellationToken.None))
        {
            for (var i = 0; i < block.Length; i++)
            {
                channels[i % pcm.Channels].Add(block.Span[i]);
            }
        }

        return [.. channels.Select(channel => channel.ToArray())];
    }

    private class PiecesStream(byte[] content, int most) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }

    /// <summary>The content, and then nothing and no end either, as of a client that has stopped sending.</summary>
    private sealed class EndlessStream(byte[] content) : PiecesStream(content, int.MaxValue)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return read;
        }
    }
}
