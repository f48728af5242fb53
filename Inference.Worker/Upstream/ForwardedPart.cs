namespace Voice.Inference.Upstream;

/// <summary>A piece of another server's answer, as it came.</summary>
internal readonly record struct ForwardedPart(string ContentType, ReadOnlyMemory<byte> Data);
