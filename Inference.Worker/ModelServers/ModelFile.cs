namespace Voice.Inference.ModelServers;

/// <param name="Name">Below the container <c>models</c>: <c>whisper/large-v3-turbo.gguf</c>.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
internal sealed record ModelFile(string Name, string Sha256);
