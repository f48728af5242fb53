namespace Voice.Api.Realtime;

/// <summary>What a client that came back is told first.</summary>
/// <param name="After">Number of the last event the client had.</param>
/// <param name="LostEvents">Those after it that are not kept any more, <paramref name="LostAudio"/> among them.</param>
/// <param name="Input">How far the input audio clock has come: the time away is silence on it.</param>
internal sealed record Resumption(string SessionId, long After, int Replayed, long LostEvents, TimeSpan LostAudio, TimeSpan Input);
