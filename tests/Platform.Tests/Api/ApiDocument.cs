using System.Text.Json.Nodes;

namespace Platform.Tests.Api;

/// <summary>The platform's API document, as a partner fetches it.</summary>
public sealed class ApiDocument(JsonObject root)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    public JsonObject Root => root;

    public IReadOnlyList<ApiOperation> Operations { get; } =
    [
        .. from path in root["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where Methods.Contains(operation.Key)
           select new ApiOperation(root, path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()),
    ];

    /// <summary>Without a credential: it is open.</summary>
    public static async Task<ApiDocument> FetchAsync(PlatformFixture platform)
    {
        using var client = new HttpClient { BaseAddress = platform.Url };
        JsonObject? root = null;
        // A service that was asked while the machine had other things to do is described as it was; seconds later it is asked again.
        await Deadline.Until(async () =>
        {
            using var response = await client.GetAsync("/api/v1/openapi.json").OrTimeout();
            response.EnsureSuccessStatusCode();
            root = response.Headers.Contains("X-Stale-Services") ? null : JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
            return root is not null;
        });
        return new ApiDocument(root!);
    }
}
