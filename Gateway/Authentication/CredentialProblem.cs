namespace Voice.Gateway.Authentication;

/// <summary>Why a request was not let in; kept on the request until the challenge is written.</summary>
internal sealed record CredentialProblem(string Code, string Message, int Status = StatusCodes.Status401Unauthorized)
{
    public static readonly CredentialProblem Missing = new(
        "missing_credential", "Sign in, or send an API key as 'Authorization: Bearer <key>'.");

    public static readonly CredentialProblem SessionsAway = new(
        "sessions_unavailable", "Sign-ins cannot be checked right now. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);

    public static readonly CredentialProblem InvalidToken = new(
        "invalid_token", "The access token is not valid: it was not issued here, or its session has ended.");

    public static readonly CredentialProblem ExpiredToken = new(
        "expired_token", "The access token has expired. Get the next one with the refresh token.");

    public static readonly CredentialProblem KeyOrigin = new(
        "api_key_origin", "The API key is not for this origin.", StatusCodes.Status403Forbidden);

    public static readonly CredentialProblem KeyAddress = new(
        "api_key_address", "The API key is not for this address.", StatusCodes.Status403Forbidden);

    public static readonly CredentialProblem InvalidApiKey = new(
        "invalid_api_key", "The API key is not valid. It may be mistyped or revoked.");

    public static readonly CredentialProblem ExpiredApiKey = new(
        "expired_api_key", "The API key has expired. Create a new one.");

    public static readonly CredentialProblem InvalidClientSecret = new(
        "invalid_client_secret", "The client secret is not valid. It may be mistyped, or long expired.");

    public static readonly CredentialProblem EndedClientSecret = new(
        "invalid_client_secret", "The client secret has ended with the key, the sign-in or the membership that made it.");

    public static readonly CredentialProblem ExpiredClientSecret = new(
        "expired_client_secret", "The client secret has expired. Ask for a new one right before connecting.");

    public static readonly CredentialProblem UsedClientSecret = new(
        "used_client_secret", "The client secret has begun as many sessions as it may. Ask for a new one.");

    public static readonly CredentialProblem OtherOrigin = new(
        "client_secret_origin", "The client secret is for another origin.", StatusCodes.Status403Forbidden);

    public static readonly CredentialProblem OtherAgent = new(
        "client_secret_agent", "The client secret is for another agent.", StatusCodes.Status403Forbidden);

    public static readonly CredentialProblem ClientSecretElsewhere = new(
        "client_secret_not_allowed", "A client secret only opens WebSockets at /v1/realtime.", StatusCodes.Status403Forbidden);

    public static readonly CredentialProblem ClientSecretsAway = new(
        "client_secrets_unavailable", "Client secrets cannot be checked right now. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
}
