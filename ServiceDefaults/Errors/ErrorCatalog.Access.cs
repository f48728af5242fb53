namespace Voice.ServiceDefaults.Errors;

/// <summary>Who may, and who may not.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] Access =>
    [
        new("api_key_address", 403, "The API key is for other addresses", "Send the request from a network that the key allows."),
        new("api_key_origin", 403, "The API key is for other origins", "Use it on a page of an origin that the key allows."),
        new("client_secret_agent", 403, "The client secret is for another agent", "Connect to the agent that the secret was made for."),
        new("client_secret_not_allowed", 403, "A client secret only opens conversations", "Use an API key for everything but wss://…/v1/realtime."),
        new("client_secret_origin", 403, "The client secret is for another origin", "Use it on the page of the origin that it was made for."),
        new("client_secrets_unavailable", 503, "Client secrets cannot be made or checked", "Try again in a moment."),
        new("cross_site_request", 403, "A request by cookie from another site", "Send changes from this site's own pages, or use an API key."),
        new("expired_api_key", 401, "The API key has expired", "Make a new one."),
        new("expired_client_secret", 401, "The client secret has expired", "Ask for a new one right before connecting."),
        new("expired_token", 401, "The token has expired", "Get a new one."),
        new("forbidden", 403, "This account may not do that", "Ask an administrator of your organization."),
        new("insufficient_scope", 403, "The credential lacks a scope", "WWW-Authenticate names the scope; use a credential that has it."),
        new("invalid_api_key", 401, "The API key is not valid", "It is mistyped or was revoked."),
        new("invalid_client_secret", 401, "The client secret is not valid", "It is mistyped, or long expired."),
        new("invalid_expiry", 400, "The expiry is not in the future", "Send an RFC 3339 time that is to come."),
        new("invalid_network", 400, "A network is not valid", "Write networks as 192.0.2.0/24 or 2001:db8::/32."),
        new("invalid_origin", 400, "An origin is not valid", "Write origins as browsers send them: https://www.example.com."),
        new("invalid_overlap", 400, "The overlap is out of range", "0 seconds to 30 days."),
        new("invalid_refresh_token", 401, "The refresh token is not good", "Sign in again."),
        new("invalid_scope", 400, "A scope is not yours to give", "Name scopes that you have."),
        new("invalid_signature", 403, "The signature of the link is not valid", "Take the link as it was given, unchanged."),
        new("invalid_token", 401, "The token is not valid", "Get a new one."),
        new("keys_unavailable", 503, "The platform's keys cannot be asked for", "Try again in a moment."),
        new("link_expired", 410, "The link has expired", "Ask for a new one."),
        new("missing_credential", 401, "A credential is required", "Sign in, or send an API key as Authorization: Bearer."),
        new("origin_not_allowed", 403, "The organization does not allow this origin", "Add the page's origin to the organization's allowed origins, or call from one of them."),
        new("used_client_secret", 401, "The client secret is used up", "Ask for a new one: it begins as many sessions as it was made for."),
    ];
}
