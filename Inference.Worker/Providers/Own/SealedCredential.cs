namespace Voice.Inference.Providers.Own;

/// <param name="Content">The credential under its data key.</param>
/// <param name="DataKey">The data key under a key of the platform.</param>
/// <param name="KeyId">Which key of the platform.</param>
internal sealed record SealedCredential(byte[] Content, byte[] DataKey, string KeyId);
