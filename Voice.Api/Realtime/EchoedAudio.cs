namespace Voice.Api.Realtime;

/// <summary>A frame on its way back, where <see cref="RealtimeOptions.Echo"/> is on.</summary>
/// <param name="Pcm">As the client sent it.</param>
internal sealed record EchoedAudio(ReadOnlyMemory<byte> Pcm);
