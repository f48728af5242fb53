using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using Voice.ServiceDefaults.Identity;

namespace Voice.ServiceDefaults.OpenApi;

/// <summary>The OpenAPI document of one service: its part of the platform's, which the gateway serves.</summary>
public static class ApiDocumentExtensions
{
    public const string Name = "v1";
    public const string Path = "/api/v1/openapi.json";

    /// <param name="serve">False for the gateway, which serves the platform's document at the same address.</param>
    public static IHostApplicationBuilder AddApiDocument(this IHostApplicationBuilder builder, bool serve = true)
    {
        if (serve)
        {
            builder.Services.AddSingleton<DescribesItself>();
        }

        var title = builder.Environment.ApplicationName;
        builder.Services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = title, Version = Name };
                // Which host serves this is known to the gateway, not here.
                document.Servers?.Clear();
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(OperationConventions.ApplyAsync);
        });
        return builder;
    }

    /// <summary>For the gateway, and whoever else has an identity token; where the service has a document.</summary>
    internal static void MapApiDocument(this WebApplication app)
    {
        if (app.Services.GetService<DescribesItself>() is not null)
        {
            app.MapOpenApi(Path).RequireKnown();
        }
    }

    private sealed class DescribesItself;
}
