using System.Text.Json.Nodes;

namespace Voice.ServiceDefaults.OpenApi;

/// <param name="Status">Of the answer; null for the request.</param>
internal sealed record DescribedExample(int? Status, JsonNode Value);
