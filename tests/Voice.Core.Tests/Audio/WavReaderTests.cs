using System.Buffers.Binary;
using Voice.Core.Audio;

namespace Voice.Core.Tests.Audio;

public sealed class WavReaderTests
{
    private static readonly short[] Ramp = [.. Enumerable.Range(0, 500).Select(i => (short)((i * 131) - 32_000))];

    [Fact]
    public void A_written_file_reads_back_as_it_was()
    {
        var audio = WavReader.Read(WavWriter.Write(Ramp, 22_050));

        Assert.Equal(22_050, audio.SampleRate);
        Assert.Equal(Ramp, audio.Samples);
    }

    [Theory]
    [InlineData(1, 8, 256)]
    [InlineData(1, 12, 1)]
    [InlineData(1, 16, 1)]
    [InlineData(1, 24, 1)]
    [InlineData(1, 32, 1)]
    [InlineData(3, 32, 1)]
    [InlineData(3, 64, 1)]
    [InlineData(6, 8, 1_050)]
    [InlineData(7, 8, 1_050)]
    public void Every_encoding_is_the_same_sound(int tag, int bits, int tolerance)
    {
        var file = File(tag, bits, 16_000, 1, Encode(tag, bits));

        var audio = WavReader.Read(file);

        Assert.Equal(Ramp.Length, audio.Samples.Length);
        Assert.All(Ramp.Zip(audio.Samples), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance));
    }

    [Fact]
    public void Channels_are_averaged()
    {
        short[] stereo = [100, 300, -50, 50, 32_767, 32_767];

        Assert.Equal([200, 0, 32_767], WavReader.Read(WavWriter.Write(stereo, 8_000, channels: 2)).Samples);
    }

    [Fact]
    public void A_file_cut_short_gives_what_is_there()
    {
        var file = WavWriter.Write(Ramp, 16_000).AsSpan(0, 44 + 201);

        var header = WavHeader.Parse(file);

        Assert.True(header.Truncated);
        Assert.Equal(200, header.DataLength);
        Assert.Equal(Ramp[..100], WavReader.Read(file).Samples);
    }

    [Fact]
    public void A_stream_that_never_knew_its_length_is_read_to_its_end()
    {
        var file = WavWriter.Write(Ramp, 16_000);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), uint.MaxValue);

        Assert.Equal(Ramp, WavReader.Read(file).Samples);
    }

    [Fact]
    public void Chunks_that_mean_nothing_here_are_stepped_over()
    {
        var file = WavWriter.Write(Ramp, 16_000);
        byte[] with = [.. file.AsSpan(0, 36), .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. file.AsSpan(36)];

        Assert.Equal(Ramp, WavReader.Read(with).Samples);
    }

    public static TheoryData<string, byte[]> Absurdities()
    {
        var good = WavWriter.Write(Ramp, 16_000);
        byte[] Patched(int at, params byte[] bytes)
        {
            var copy = (byte[])good.Clone();
            bytes.CopyTo(copy, at);
            return copy;
        }

        return new TheoryData<string, byte[]>
        {
            { "too short", [] },
            { "too short", "RIFF"u8.ToArray() },
            { "not a WAV file", new byte[100] },
            { "at byte 12: its chunk 'fmt ' claims 1717986918 bytes", Patched(16, 0x66, 0x66, 0x66, 0x66) },
            { "0 channels (at byte 22)", Patched(22, 0, 0) },
            { "channels", Patched(22, 0xFF, 0xFF) },
            { "sample rate of 0 Hz (at byte 24)", Patched(24, 0, 0, 0, 0) },
            { "sample rate", Patched(24, 0xFF, 0xFF, 0xFF, 0xFF) },
            { "blocks of 3 bytes (at byte 32)", Patched(32, 3, 0) },
            { "0 bits per sample (at byte 34)", Patched(34, 0, 0) },
            { "0x0055 (at byte 20) is not supported", Patched(20, 0x55, 0) },
            { "ends at byte 44, before its samples: 1000 bytes are announced", good[..44] },
            { "data chunk is missing at byte 36", good[..36] },
            { "format chunk", [.. good.AsSpan(0, 12), .. good.AsSpan(36)] },
        };
    }

    [Theory]
    [MemberData(nameof(Absurdities))]
    public void An_absurd_file_is_refused_with_a_reason(string reason, byte[] file) =>
        Assert.Contains(reason, Assert.Throws<WavFormatException>(() => WavReader.Read(file)).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000_000)]
    public async Task A_stream_in_pieces_is_read_as_the_file_is(int pieces)
    {
        foreach (var (tag, bits) in ((int, int)[])[(1, 8), (1, 16), (1, 24), (3, 32), (6, 8)])
        {
            var encoded = Encode(tag, bits);
            byte[] file = [.. File(tag, bits, 16_000, 2, [.. encoded, .. encoded]), .. "LIST"u8, 0, 0, 0, 0];

            var samples = await StreamedAsync(file, pieces);

            Assert.Equal(WavReader.Read(file).Samples, samples.Chunk(2).Select(block => WavReader.Average(block)));
        }
    }

    [Fact]
    public async Task A_stream_without_a_length_is_read_to_its_end_and_one_without_its_samples_is_refused()
    {
        var file = WavWriter.Write(Ramp, 16_000);

        Assert.Contains("ends at byte 44", (await Assert.ThrowsAsync<WavFormatException>(() => StreamedAsync(file[..44], 10))).Message);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(40), uint.MaxValue);
        Assert.Equal(Ramp, await StreamedAsync(file, 10));
        Assert.Empty(await StreamedAsync(file[..44], 10));
    }

    [Fact]
    public async Task The_length_of_a_file_of_more_than_4_GB_is_in_a_chunk_of_its_own()
    {
        var plain = WavWriter.Write(Ramp, 16_000);
        plain.AsSpan(40, 4).Fill(0xFF);
        byte[] file = [.. "RF64"u8, 0xFF, 0xFF, 0xFF, 0xFF, .. "WAVEds64"u8, 16, 0, 0, 0, .. new byte[8], .. BitConverter.GetBytes(1000L), .. plain.AsSpan(12), .. "LIST"u8, 0, 0, 0, 0];

        Assert.Equal(Ramp, WavReader.Read(file).Samples);
        Assert.Equal(Ramp, await StreamedAsync(file, 100));
    }

    [Fact]
    public void No_cut_and_no_flipped_byte_of_a_file_does_worse_than_be_refused()
    {
        var random = new Random(11);
        var good = WavWriter.Write(Ramp, 16_000);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = good[..random.Next(good.Length)];
            for (var flips = random.Next(6); flips > 0 && bytes.Length > 0; flips--)
            {
                bytes[random.Next(Math.Min(bytes.Length, 60))] = (byte)random.Next(256);
            }

            try
            {
                Assert.True(WavReader.Read(bytes).Samples.Length <= bytes.Length);
            }
            catch (WavFormatException)
            {
                // Refused: as good an outcome as being read.
            }
        }
    }

    [TestDataFact("audio_formats/ps_bad.wav")]
    public void Labelled_files_are_read_or_refused_as_their_labels_say()
    {
        Assert.Throws<WavFormatException>(() => Load("az_missing_wav_header.wav"));
        Assert.Throws<WavFormatException>(() => Load("livekit_lfs_pointer_change-sophie.wav"));
        Assert.Throws<WavFormatException>(() => Load("ps_bad.wav"));
        Assert.Empty(Load("ps_null.wav").Samples);
        Assert.Throws<WavFormatException>(() => Load("scipy_test-44100Hz-le-1ch-4bytes-early-eof-no-data.wav"));
        Assert.Throws<WavFormatException>(() => Load("scipy_test-8000Hz-le-3ch-5S-24bit-inconsistent.wav"));
        Assert.Equal(4_410, Load("scipy_test-44100Hz-be-1ch-4bytes.wav").Samples.Length);
        Assert.Equal(Load("scipy_test-44100Hz-le-1ch-4bytes.wav").Samples, Load("scipy_test-44100Hz-be-1ch-4bytes.wav").Samples);
        Assert.Equal(480, Load("scipy_test-48000Hz-2ch-64bit-float-le-wavex.wav").Samples.Length);
        Assert.Equal(5, Load("scipy_test-8000Hz-be-3ch-5S-24bit.wav").Samples.Length);
        Assert.Equal(5, Load("scipy_test-8000Hz-le-3ch-5S-45bit.wav").Samples.Length);
        Assert.Equal(9, Load("scipy_test-8000Hz-le-4ch-9S-12bit.wav").Samples.Length);
        Assert.Equal(9, Load("scipy_test-8000Hz-le-5ch-9S-5bit.wav").Samples.Length);
        Assert.NotEmpty(Load("scipy_test-8000Hz-le-1ch-1byte-ulaw.wav").Samples);
        Assert.InRange(Load("watson_fr-FR_Narrowband_sample2_8bit.wav").Duration.TotalSeconds, 9.9, 10.1);
    }

    private static async Task<List<short>> StreamedAsync(byte[] file, int pieces)
    {
        var reader = await WavStreamReader.OpenAsync(new PiecesStream(file, pieces), CancellationToken.None);
        var samples = new List<short>();
        var buffer = new short[30];
        while (await reader.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
        {
            samples.AddRange(buffer[..read]);
        }

        return samples;
    }

    private static WavAudio Load(string name) => WavReader.Read(System.IO.File.ReadAllBytes(TestData.Path($"audio_formats/{name}")!));

    private static byte[] File(int tag, int bits, int rate, int channels, byte[] data)
    {
        var file = WavWriter.Write(data, rate, channels);
        var block = channels * ((bits + 7) / 8);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(20), (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), (ushort)block);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(34), (ushort)bits);
        return file;
    }

    private static byte[] Encode(int tag, int bits) => (tag, bits) switch
    {
        (1, 8) => [.. Ramp.Select(s => (byte)((s >> 8) + 128))],
        (1, 24) => [.. Ramp.SelectMany(s => (byte[])[0, (byte)s, (byte)(s >> 8)])],
        (1, 32) => [.. Ramp.SelectMany(s => BitConverter.GetBytes(s << 16))],
        (3, 32) => [.. Ramp.SelectMany(s => BitConverter.GetBytes(s / 32768f))],
        (3, 64) => [.. Ramp.SelectMany(s => BitConverter.GetBytes(s / 32768.0))],
        (6, 8) => [.. Ramp.Select(s => Nearest(s, G711.DecodeALaw))],
        (7, 8) => [.. Ramp.Select(s => Nearest(s, G711.DecodeMuLaw))],
        _ => Pcm16.Bytes(Ramp).ToArray(),
    };

    private static byte Nearest(short sample, Func<byte, short> decode) =>
        (byte)Enumerable.Range(0, 256).MinBy(code => Math.Abs(decode((byte)code) - sample));

    private sealed class PiecesStream(byte[] content, int most) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, most)], cancellationToken);
    }
}
