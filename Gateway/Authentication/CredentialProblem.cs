namespace Voice.Gateway.Authentication;

/// <summary>Why a request was not let in; kept on the request until the challenge is written.</summary>
internal sealed record CredentialProblem(string Code, string Message)
{
    public static readonly CredentialProblem Missing = new(
        "missing_credential", "Sign in, or send an API key as 'Authorization: Bearer <key>'.");

    public static readonly CredentialProblem InvalidApiKey = new(
        "invalid_api_key", "The API key is not valid. It may be mistyped or revoked.");

    public static readonly CredentialProblem ExpiredApiKey = new(
        "expired_api_key", "The API key has expired. Create a new one.");
}
