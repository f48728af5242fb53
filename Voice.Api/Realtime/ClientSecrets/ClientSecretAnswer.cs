using System.Text.Json;

namespace Voice.Api.Realtime.ClientSecrets;

/// <summary>What <see cref="ClientSecretMint"/> writes, for the API document.</summary>
/// <param name="Value">The secret; shown once.</param>
/// <param name="ExpiresAt">Unix time, as OpenAI has it.</param>
/// <param name="Session">The session that it begins.</param>
internal sealed record ClientSecretAnswer(string Value, long ExpiresAt, JsonElement Session);
