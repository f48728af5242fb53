using System.Text.Json.Serialization;

namespace Voice.Gateway.SignIn;

internal sealed record SignInBody(string? Email, string? Password);

internal sealed record SignedIn(string Id, string Email, string OrganizationId, string Role);

internal sealed record Me(string Id, string Kind, string Name, string OrganizationId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SignInBody))]
internal sealed partial class SignInJson : JsonSerializerContext;
