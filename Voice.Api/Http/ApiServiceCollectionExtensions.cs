using System.Text.Json;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Api.Http;

internal static class ApiServiceCollectionExtensions
{
    /// <summary>JSON as the wire has it, and the OpenAPI document.</summary>
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        builder.AddApiDocument();
        builder.AddIdempotency("voice");
        return builder;
    }
}
