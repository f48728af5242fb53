using Voice.Core.Audio;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Turns;

public sealed class VoiceContourTests
{
    [Theory]
    [InlineData(160, 110, 3, 9)]
    [InlineData(120, 175, -9, -1)]
    public void The_fall_of_the_pitch_is_heard_in_semitones(double from, double to, float least, float most)
    {
        // Level for a second, then a glide of 300 ms.
        var voice = Signals.Voice(1.3, -20, t => t < 1 ? from : from + ((to - from) * (t - 1) / 0.3));
        Assert.InRange(Hear(voice).PitchFall, least, most);
    }

    [Fact]
    public void The_fall_of_the_level_is_heard_in_decibels()
    {
        var voice = Signals.Speech(1.45, -14);
        // The last 150 ms, 12 dB softer.
        var fading = voice.Select((sample, at) => (short)(sample * (at < 20_800 ? 1 : 0.25))).ToArray();
        Assert.InRange(Hear(fading).LevelFall - Hear(voice).LevelFall, 6, 14);
    }

    [Fact]
    public void Too_little_voice_says_nothing() => Assert.Equal(default, Hear(Signals.Voice(0.12, -20, _ => 130)));

    private static EndOfVoice Hear(short[] voice)
    {
        var input = new InputAudio(new Nobody());
        input.Append(Pcm16.Bytes(new short[8_000]), 16_000, new TurnDetection());
        input.Append(Pcm16.Bytes(voice), 16_000, new TurnDetection());
        return input.Ending;
    }

    private sealed class Nobody : IInputAudioHandler
    {
        public void OnSpeechStarted(TimeSpan at)
        {
        }

        public void OnSpeechContinues()
        {
        }

        public void OnUtteranceAudio(ReadOnlySpan<byte> pcm)
        {
        }
    }
}
