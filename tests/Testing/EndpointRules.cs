using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Voice.Testing;

/// <summary>
/// What holds for every endpoint of every service, asked of what the service really maps and not of what its document says: it states a
/// policy, and partners find it in the API document, unless the service's test says why not.
/// </summary>
public static class EndpointRules
{
    /// <summary>Every service has these, and no partner needs them.</summary>
    private static readonly Dictionary<string, string> OfEveryService = new()
    {
        ["/health"] = "for probes",
        ["/alive"] = "for probes",
        ["/metrics"] = "for whoever runs the platform",
        ["/.well-known/service-keys.json"] = "for the other services",
        ["/api/v1/openapi.json"] = "the document itself",
    };

    private static readonly Lazy<JsonObject> Paths = new(
        () => JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "openapi.json")))!["paths"]!.AsObject());

    /// <param name="internals">Endpoints that are not in the document, as method and pattern or as pattern alone, and why.</param>
    /// <returns>What is wrong, a line each: an exception that no endpoint needs any more is wrong too.</returns>
    public static IReadOnlyList<string> Violations(IServiceProvider services, IReadOnlyDictionary<string, string>? internals = null)
    {
        List<string> wrong = [];
        var (unused, count) = ((internals ?? new Dictionary<string, string>()).Keys.ToHashSet(), 0);
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            count++;
            var pattern = PatternOf(endpoint);
            if (!StatesPolicy(endpoint))
            {
                wrong.Add($"{endpoint.DisplayName}: states no policy (RequireScope, RequireKnown or AllowAnonymous)");
            }

            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])
            {
                var excused = OfEveryService.ContainsKey(pattern) | unused.RemoveWhere(known => known == pattern || known == $"{method} {pattern}") > 0
                    || (internals?.ContainsKey(pattern) ?? false);
                // Without methods: all that the document has there, which is what the gateway passes on.
                if (!excused && (method == "*" ? Paths.Value[pattern] : Paths.Value[pattern]?[method == "HEAD" ? "get" : method.ToLowerInvariant()]) is null)
                {
                    wrong.Add($"{method} {pattern}: not in docs/openapi.json, and no reason is stated");
                }
            }
        }

        wrong.AddRange(unused.Select(pattern => $"{pattern}: a reason is stated, and there is no such endpoint"));
        return count > 0 ? wrong : ["there is no endpoint at all"];
    }

    /// <summary>"Somebody who is known", by the fallback, is no statement; neither is the closed door of an endpoint that forgot one.</summary>
    private static bool StatesPolicy(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.OfType<IAuthorizeData>().Any(data => !string.IsNullOrEmpty(data.Policy));

    /// <summary>As OpenAPI writes it: without constraints, and without the slash that a group leaves at the end.</summary>
    private static string PatternOf(RouteEndpoint endpoint)
    {
        var text = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart { IsCatchAll: true } rest => $"{{**{rest.Name}}}",
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            RoutePatternLiteralPart literal => literal.Content,
            _ => "",
        }))));
        return text.Length > 1 ? text.TrimEnd('/') : text;
    }
}
