using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <summary>Errors that need no saying at the endpoint: they follow from who may call it and what it takes.</summary>
internal static class GeneralErrors
{
    public static readonly string[] Unauthorized = ["missing_credential", "invalid_api_key", "expired_api_key", "invalid_token", "expired_token"];
    public static readonly string[] Forbidden = ["insufficient_scope"];
    public static readonly string[] ForOtherPlaces = ["api_key_address", "api_key_origin"];
    public static readonly string[] CrossSite = ["cross_site_request"];
    public static readonly string[] TooLarge = ["payload_too_large"];
    public static readonly string[] UnsupportedType = ["unsupported_media_type"];
    public static readonly string[] TooMany = ["rate_limited"];
    public static readonly string[] Failed = ["internal_error"];
    public static readonly string[] Unavailable = ["service_unavailable", "database_unavailable", "sessions_unavailable"];
    public static readonly string[] Late = ["service_timeout"];

    public static IEnumerable<string> Of(string method, JsonObject operation, bool anonymous, bool keys, bool scoped)
    {
        var body = operation["requestBody"] is not null;
        List<string> codes = [.. TooMany, .. Failed, .. Unavailable, .. Late];
        Add(body || operation["parameters"] is not null, "invalid_request");
        Add(body, [.. TooLarge, .. UnsupportedType]);
        Add(!anonymous, Unauthorized);
        Add(!anonymous && scoped, Forbidden);
        Add(!anonymous && keys, ForOtherPlaces);
        // Cookies come along from anywhere; so even what is open is refused when another site asks for it.
        Add(method is not ("get" or "head"), CrossSite);
        return codes;

        void Add(bool when, params string[] more)
        {
            if (when)
            {
                codes.AddRange(more);
            }
        }
    }
}
