using Voice.Core.Audio;

namespace Voice.Core.Tests.Audio;

public sealed class Pcm16Tests
{
    [Fact]
    public void Level_is_zero_for_full_scale_and_the_floor_for_silence()
    {
        Assert.Equal(0, Pcm16.LevelDbfs([short.MinValue, short.MinValue]), 0.01);
        Assert.Equal(-20, Pcm16.LevelDbfs([3_277, -3_277, 3_277]), 0.01);
        Assert.Equal(Pcm16.SilenceDbfs, Pcm16.LevelDbfs(new short[10]));
        Assert.Equal(Pcm16.SilenceDbfs, Pcm16.LevelDbfs([]));
    }

    [Fact]
    public void Length_and_duration_are_inverse()
    {
        Assert.Equal(960, Pcm16.Length(TimeSpan.FromMilliseconds(20), 24_000));
        Assert.Equal(TimeSpan.FromMilliseconds(20), Pcm16.Duration(960, 24_000));
    }

    [Fact]
    public void A_constant_offset_is_gone_and_speech_stays()
    {
        var samples = new short[16_000];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (short)(4_000 + (3_000 * Math.Sin(2 * Math.PI * 300 * i / 16_000)));
        }

        new DcBlocker(16_000).Process(samples);

        Assert.InRange(samples[8_000..].Average(s => (double)s), -5, 5);
        Assert.InRange(Pcm16.LevelDbfs(samples.AsSpan(8_000)), -23.9f, -23.6f);
    }

    [Fact]
    public void Telephone_codes_decode_to_their_standard_values()
    {
        Assert.Equal(-32_124, G711.DecodeMuLaw(0x00));
        Assert.Equal(32_124, G711.DecodeMuLaw(0x80));
        Assert.Equal(0, G711.DecodeMuLaw(0xFF));
        Assert.Equal(-5_504, G711.DecodeALaw(0x00));
        Assert.Equal(8, G711.DecodeALaw(0xD5));
        Assert.Equal(-32_256, G711.DecodeALaw(0x2A));
    }
}
