using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Voice.ServiceDefaults.Errors;

namespace Voice.ServiceDefaults.OpenApi;

/// <summary>
/// What an endpoint says about itself in the platform's API document, beside <c>WithName</c>, <c>WithSummary</c> and <c>WithDescription</c>.
/// Scopes, versions (<c>WithEntityTag</c>), <c>Idempotency-Key</c> and what any address may answer are added from its metadata.
/// </summary>
public static class EndpointDescriptionExtensions
{
    /// <param name="codes">Of <see cref="ErrorCatalog"/>; those that every endpoint may answer (401, 403, 413, 429, 503, ...) go without saying.</param>
    public static TBuilder WithErrors<TBuilder>(this TBuilder endpoint, params string[] codes)
        where TBuilder : IEndpointConventionBuilder
    {
        var unknown = codes.FirstOrDefault(code => ErrorCatalog.Find(code) is null);
        return unknown is null
            ? endpoint.WithMetadata(new DescribedErrors(codes))
            : throw new ArgumentException($"The error '{unknown}' is not in the catalogue (ServiceDefaults/Errors/ErrorCatalog).", nameof(codes));
    }

    /// <param name="json">A body that does what the summary says.</param>
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder endpoint, string json)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DescribedExample(null, JsonNode.Parse(json)!));

    /// <param name="json">What comes back from it.</param>
    public static TBuilder WithResponseExample<TBuilder>(this TBuilder endpoint, string json, int status = 200)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DescribedExample(status, JsonNode.Parse(json)!));

    /// <summary>The body of a request that the handler reads by itself, as JSON schema.</summary>
    public static TBuilder WithBody<TBuilder>(this TBuilder endpoint, string contentType, string schema)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DescribedBody(contentType, JsonNode.Parse(schema)!));

    /// <summary>A header of an answer, beside those that every such answer has; one of the document's components.</summary>
    public static TBuilder WithResponseHeader<TBuilder>(this TBuilder endpoint, string name, int status)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DescribedHeader(status, name));

    /// <summary>A query parameter that the handler reads by itself.</summary>
    /// <param name="values">Where only these are taken.</param>
    public static TBuilder WithQuery<TBuilder>(this TBuilder endpoint, string name, string description, string type = "string", params string[] values)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new DescribedParameter(name, description, type, values.Length == 0 ? null : values));
}
