namespace Voice.Inference.Providers.Speech;

/// <summary>What the data of one server-sent event is.</summary>
internal delegate SpeechFrame SpeechEventParser(ReadOnlySpan<byte> data);
