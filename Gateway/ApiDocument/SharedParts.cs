using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Voice.Gateway.Authentication;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.ApiDocument;

/// <summary>Components that every operation refers to, and the document's own head.</summary>
internal static class SharedParts
{
    public static readonly string[] Credentials = ["api_key", "access_token", "session", "client_secret"];

    private static readonly (int Status, string Name, string[] Codes)[] Errors =
    [
        (401, "Unauthorized", GeneralErrors.Unauthorized),
        (403, "Forbidden", [.. GeneralErrors.Forbidden, .. GeneralErrors.ForOtherPlaces, .. GeneralErrors.CrossSite]),
        (403, "ForbiddenToRead", [.. GeneralErrors.Forbidden, .. GeneralErrors.ForOtherPlaces]),
        (413, "TooLarge", GeneralErrors.TooLarge),
        (415, "UnsupportedType", GeneralErrors.UnsupportedType),
        (429, "TooManyRequests", GeneralErrors.TooMany),
        (500, "Failed", GeneralErrors.Failed),
        (503, "Unavailable", GeneralErrors.Unavailable),
        (504, "Late", GeneralErrors.Late),
    ];

    /// <summary>The component that has exactly these errors; null where an operation has others besides.</summary>
    public static string? NameOf(string[] codes) => Errors.FirstOrDefault(error => error.Codes.ToHashSet().SetEquals(codes)).Name;

    public static JsonObject Components() => new()
    {
        ["schemas"] = Schemas(),
        ["responses"] = new JsonObject(
            from openAi in (bool[])[false, true]
            from error in Errors
            select KeyValuePair.Create((openAi ? "OpenAi" : "") + error.Name, (JsonNode?)Response(openAi, error.Status, error.Codes))),
        ["parameters"] = new JsonObject
        {
            ["IfNoneMatch"] = Header("If-None-Match", required: false, "An ETag that you have: 304 where it is still the current one.", "\"3\""),
            ["IfMatch"] = Header("If-Match", required: true, "The ETag that you read: the change is refused where it is no longer the current one.", "\"3\""),
            ["IdempotencyKey"] = Header("Idempotency-Key", required: false, "Your name for this request, a UUID for example: sent again with it, the request does nothing and gets the first one's answer, for 24 hours.", "5f2b1c1e-6a1d-4f0e-9a63-0d0e4c1a7d11"),
        },
        ["headers"] = new JsonObject
        {
            ["RequestId"] = Describe("string", "Finds the request in the platform's log; say it when you report a problem.", "req_019891f0a5b27c3d8e4f5a6b7c8d9e0f"),
            ["RateLimit"] = Describe("string", "What is left of the narrowest limit, and the seconds until it is full again.", "\"key\";r=580;t=12"),
            ["RateLimitPolicy"] = Describe("string", "The limits that apply: quota and window in seconds.", "\"key\";q=600;w=60"),
            ["RetryAfter"] = Describe("integer", "Seconds to wait.", 2),
            ["ETag"] = Describe("string", "The version of what was read or written.", "\"3\""),
            ["Location"] = Describe("string", "Where what was made is.", "/api/v1/api-keys/key_019891f0a5b27c3d8e4f5a6b7c8d9e0f"),
            ["WwwAuthenticate"] = Describe("string", "How to come with a credential, and what is wrong with this one.", "Bearer error=\"invalid_token\""),
            ["IdempotencyReplayed"] = Describe("string", "`true` where this is the answer of an earlier request with the same Idempotency-Key.", "true"),
        },
        ["securitySchemes"] = new JsonObject
        {
            ["api_key"] = Scheme("An API key: `Authorization: Bearer va_…`. It holds some of the scopes, and belongs to one organization."),
            ["access_token"] = Scheme("A user's access token (JWT, 15 minutes): `Authorization: Bearer eyJ…`.", "JWT"),
            ["session"] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "cookie",
                ["name"] = GatewayAuthenticationExtensions.CookieName,
                ["description"] = "The cookie of a signed-in browser. Changes must come from the platform's own pages.",
            },
            ["client_secret"] = Scheme("A client secret for one browser and one conversation, as `Authorization: Bearer ek_…` or the subprotocol `openai-insecure-api-key.ek_…`; only opens WebSockets at /v1/realtime."),
        },
    };

    private static JsonObject Schemas() => new()
    {
        ["Problem"] = JsonNode.Parse(
            """
            {"type":"object","description":"RFC 9457 problem details.","required":["type","title","status","detail","code","request_id"],"properties":{
              "type":{"type":"string","format":"uri-reference","description":"Stable; opens the entry of the error catalogue."},
              "title":{"type":"string","description":"The same for every occurrence of the type."},
              "status":{"type":"integer"},
              "detail":{"type":"string","description":"What happened this time."},
              "code":{"type":"string","description":"The type's short name, for programs."},
              "param":{"type":"string","description":"The field or parameter at fault."},
              "problems":{"type":"array","description":"Of a pipeline that is not valid: everything that is wrong with it.","items":{"type":"object","required":["step","field","message"],"properties":{
                "step":{"type":["string","null"]},"field":{"type":"string"},"message":{"type":"string"}}}},
              "request_id":{"type":"string"},
              "trace_id":{"type":"string"}}}
            """),
        ["OpenAiError"] = JsonNode.Parse(
            """
            {"type":"object","description":"OpenAI's error envelope.","required":["error"],"properties":{"error":{"type":"object","required":["message","type","param","code"],"properties":{
              "message":{"type":"string"},
              "type":{"type":"string","enum":["invalid_request_error","permission_error","rate_limit_error","server_error"]},
              "param":{"type":["string","null"]},
              "code":{"type":["string","null"],"description":"As in the platform's own problem details."}}}}}
            """),
    };

    private static JsonObject Response(bool openAi, int status, string[] codes)
    {
        var response = ErrorShapes.Response(openAi, ReasonPhrases.GetReasonPhrase(status), [.. codes.Select(code => ErrorCatalog.Find(code)!)]);
        ErrorShapes.AddHeaders(response["headers"]!.AsObject(), status);
        return response;
    }

    private static JsonObject Header(string name, bool required, string description, string example) => new()
    {
        ["name"] = name,
        ["in"] = "header",
        ["required"] = required,
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = "string" },
        ["example"] = example,
    };

    private static JsonObject Describe(string type, string description, JsonNode example) =>
        new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = type }, ["example"] = example };

    private static JsonObject Scheme(string description, string? format = null)
    {
        var scheme = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = description };
        if (format is not null)
        {
            scheme["bearerFormat"] = format;
        }

        return scheme;
    }
}
