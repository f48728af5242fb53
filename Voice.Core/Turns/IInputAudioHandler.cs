namespace Voice.Core.Turns;

/// <summary>Told what <see cref="InputAudio"/> hears, in order, from within its calls.</summary>
internal interface IInputAudioHandler
{
    /// <param name="at">On the input audio clock, prefix padding included.</param>
    void OnSpeechStarted(TimeSpan at);

    /// <summary>Another frame while speaking, voiced or not.</summary>
    void OnSpeechContinues();

    /// <param name="pcm">16-bit little-endian mono at 16 kHz; valid during the call.</param>
    void OnUtteranceAudio(ReadOnlySpan<byte> pcm);
}
