using System.Security.Claims;

namespace Voice.Gateway.ApiKeys;

/// <summary>A key, and whoever comes with it.</summary>
internal sealed record KnownApiKey(ApiKeyRecord Record, ClaimsPrincipal Principal);
