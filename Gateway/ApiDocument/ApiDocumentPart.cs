using System.Text.Json.Nodes;

namespace Voice.Gateway.ApiDocument;

/// <param name="IsCurrent">The service said so just now.</param>
internal sealed record ApiDocumentPart(string Service, JsonObject Document, bool IsCurrent);
