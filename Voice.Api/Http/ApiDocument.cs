using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Http;

/// <summary>The OpenAPI document of this service.</summary>
internal static class ApiDocument
{
    public static IEndpointConventionBuilder MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/api/v1/openapi.json").RequireKnown();

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "VoiceAspire platform API",
                Version = "v1",
                Description = "Agents, sessions, recordings and transcripts. Errors are RFC 9457 problem details with a stable `code`. "
                    + "Lists are paged by cursor: give `next_cursor` of one page as `cursor` for the next.",
            };
            // Which host serves this is known to the gateway, not here.
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["api_key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key of the platform: `Authorization: Bearer va_…`.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("api_key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
            {
                operation.Security = [];
            }

            if (ApiExamples.For(operation.OperationId) is { } example
                && operation.Responses is { } responses && responses.TryGetValue("200", out var ok)
                && ok.Content is { } contents && contents.TryGetValue("application/json", out var content))
            {
                content.Example = JsonNode.Parse(example);
            }

            return Task.CompletedTask;
        });
    }
}
