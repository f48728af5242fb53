using System.Text.Json.Nodes;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.ApiDocument;

/// <summary>Error responses of the document: the schema, and one example for each code.</summary>
internal static class ErrorShapes
{
    public static JsonObject Response(bool openAi, string description, IReadOnlyList<ErrorType> types) => new()
    {
        ["description"] = description,
        ["headers"] = new JsonObject(),
        ["content"] = new JsonObject
        {
            [openAi ? "application/json" : "application/problem+json"] = new JsonObject
            {
                ["schema"] = new JsonObject { ["$ref"] = openAi ? "#/components/schemas/OpenAiError" : "#/components/schemas/Problem" },
                ["examples"] = new JsonObject(types.OrderBy(type => type.Code, StringComparer.Ordinal).Select(type => KeyValuePair.Create(type.Code, (JsonNode?)new JsonObject
                {
                    ["summary"] = type.Title,
                    ["description"] = type.Remedy,
                    ["value"] = openAi ? OpenAi(type) : Problem(type),
                }))),
            },
        },
    };

    public static void AddHeaders(JsonObject headers, int status)
    {
        void Add(string name, string part) => headers.TryAdd(name, new JsonObject { ["$ref"] = $"#/components/headers/{part}" });

        Add("X-Request-Id", "RequestId");
        // Of nobody's requests too: those count against the address.
        Add("RateLimit", "RateLimit");
        Add("RateLimit-Policy", "RateLimitPolicy");
        if (status is 401 or 403)
        {
            Add("WWW-Authenticate", "WwwAuthenticate");
        }

        if (status is 429 or 503)
        {
            Add("Retry-After", "RetryAfter");
        }
    }

    private static JsonObject Problem(ErrorType type) => new()
    {
        ["type"] = type.Type,
        ["title"] = type.Title,
        ["status"] = type.Status,
        ["detail"] = $"{type.Title}.",
        ["code"] = type.Code,
        ["request_id"] = "req_019891f0a5b27c3d8e4f5a6b7c8d9e0f",
    };

    private static JsonObject OpenAi(ErrorType type) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = $"{type.Title}.",
            ["type"] = type.Status switch { 403 => "permission_error", 429 => "rate_limit_error", >= 500 => "server_error", _ => "invalid_request_error" },
            ["param"] = null,
            ["code"] = type.Code,
        },
    };
}
