using System.Text.Json.Nodes;

namespace Voice.ServiceDefaults.OpenApi;

/// <summary>The body of a request that the handler reads by itself.</summary>
internal sealed record DescribedBody(string ContentType, JsonNode Schema);
