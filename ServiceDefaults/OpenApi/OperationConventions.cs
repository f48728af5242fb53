using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Deprecation;
using Voice.ServiceDefaults.Http.Idempotency;

namespace Voice.ServiceDefaults.OpenApi;

/// <summary>
/// Writes what an endpoint's metadata say into its operation. Errors, scopes and headers stay short here (<c>x-errors</c>, <c>x-scopes</c>, ...):
/// the gateway, which merges the documents of all services, writes them out, once for all.
/// </summary>
internal static class OperationConventions
{
    private const string ScopePolicy = "scope:";

    public static Task ApplyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions["x-errors"] = List(metadata.OfType<DescribedErrors>().SelectMany(errors => errors.Codes));
        operation.Extensions["x-scopes"] = List(metadata.OfType<IAuthorizeData>().Select(data => data.Policy)
            .Where(policy => policy?.StartsWith(ScopePolicy, StringComparison.Ordinal) is true).Select(policy => policy![ScopePolicy.Length..]));
        operation.Extensions["x-headers"] = List(metadata.OfType<DescribedHeader>().Select(header => string.Create(CultureInfo.InvariantCulture, $"{header.Status} {header.Name}")));
        Flag(operation, "x-anonymous", metadata.OfType<IAllowAnonymous>().Any());
        Flag(operation, "x-idempotent", metadata.OfType<IdempotentMetadata>().Any());
        Flag(operation, "x-versioned", metadata.OfType<EntityTagMetadata>().Any());
        if (metadata.OfType<DeprecationMetadata>().LastOrDefault() is { } deprecation)
        {
            operation.Deprecated = true;
            operation.Description = $"{operation.Description}\n\n{deprecation.Sentence}".Trim();
        }

        foreach (var parameter in metadata.OfType<DescribedParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(Query(parameter));
        }

        foreach (var produced in metadata.OfType<IProducesResponseTypeMetadata>().Where(produced => produced.Type is null || produced.Type == typeof(void)))
        {
            AddPlainBody(operation, produced);
        }

        var body = metadata.OfType<DescribedBody>().LastOrDefault();
        if (body is not null)
        {
            var example = metadata.OfType<DescribedExample>().LastOrDefault(candidate => candidate.Status is null);
            operation.Extensions["x-request"] = new JsonNodeExtension(new JsonObject
            {
                ["content_type"] = body.ContentType,
                ["schema"] = body.Schema.DeepClone(),
                ["example"] = example?.Value.DeepClone(),
            });
        }

        foreach (var example in metadata.OfType<DescribedExample>().Where(candidate => body is null || candidate.Status is not null))
        {
            AddExample(operation, example);
        }

        return Task.CompletedTask;
    }

    /// <summary>Audio, lines, events: bodies without a type of ours, which the framework leaves out.</summary>
    private static void AddPlainBody(OpenApiOperation operation, IProducesResponseTypeMetadata produced)
    {
        if (operation.Responses?.GetValueOrDefault(produced.StatusCode.ToString(CultureInfo.InvariantCulture)) is not OpenApiResponse response)
        {
            return;
        }

        foreach (var type in produced.ContentTypes)
        {
            response.Content ??= new Dictionary<string, OpenApiMediaType>();
            response.Content.TryAdd(type, new OpenApiMediaType
            {
                Schema = type.EndsWith("+json", StringComparison.Ordinal) ? new OpenApiSchema { Type = JsonSchemaType.Object }
                    : new OpenApiSchema { Type = JsonSchemaType.String, Format = type.StartsWith("audio/", StringComparison.Ordinal) ? "binary" : null },
            });
        }
    }

    private static void AddExample(OpenApiOperation operation, DescribedExample example)
    {
        IDictionary<string, OpenApiMediaType>? contents = example.Status is { } status
            ? (operation.Responses?.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture)) as OpenApiResponse)?.Content
            : (operation.RequestBody as OpenApiRequestBody)?.Content;
        var content = contents?.FirstOrDefault(entry => entry.Key.Contains("json", StringComparison.Ordinal) || entry.Key.StartsWith("multipart/", StringComparison.Ordinal)).Value;
        if (content is null)
        {
            throw new InvalidOperationException($"The operation {operation.OperationId} has an example for a body that it does not have ({example.Status?.ToString() ?? "request"}).");
        }

        content.Example = example.Value.DeepClone();
    }

    private static OpenApiParameter Query(DescribedParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = new OpenApiSchema
        {
            Type = parameter.Type switch { "boolean" => JsonSchemaType.Boolean, "integer" => JsonSchemaType.Integer, _ => JsonSchemaType.String },
            Format = parameter.Type == "date-time" ? parameter.Type : null,
            Enum = parameter.Values is null ? null : [.. parameter.Values.Select(value => (JsonNode)JsonValue.Create(value))],
        },
    };

    private static void Flag(OpenApiOperation operation, string name, bool set)
    {
        if (set)
        {
            operation.Extensions![name] = new JsonNodeExtension(JsonValue.Create(true));
        }
    }

    private static JsonNodeExtension List(IEnumerable<string> values) => new(new JsonArray([.. values.Distinct().Select(value => (JsonNode)JsonValue.Create(value))]));
}
