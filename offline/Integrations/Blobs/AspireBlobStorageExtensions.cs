using Aspire.Azure.Storage.Blobs;
using Azure.Core.Extensions;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.Hosting;

public static class AspireBlobStorageExtensions
{
    private const string Section = "Aspire:Azure:Storage:Blobs";

    // Azurite answers an API version newer than itself with an error; this one is what the client of this build speaks anyway.
    private const BlobClientOptions.ServiceVersion ApiVersion = BlobClientOptions.ServiceVersion.V2023_01_03;

    /// <summary>Registers <see cref="BlobServiceClient"/> for an account URI (with a credential) or a connection string.</summary>
    public static void AddAzureBlobServiceClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<AzureStorageBlobsSettings>? configureSettings = null,
        Action<IAzureClientBuilder<BlobServiceClient, BlobClientOptions>>? configureClientBuilder = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        if (configureClientBuilder is not null)
        {
            throw new NotSupportedException("Client builders come from Microsoft.Extensions.Azure, which this build lacks. Build with UseAspire=true.");
        }

        var settings = IntegrationSettings.Read<AzureStorageBlobsSettings>(builder.Configuration, Section, connectionName);
        if (builder.Configuration.GetConnectionString(connectionName) is { Length: > 0 } connectionString)
        {
            if (Uri.TryCreate(connectionString, UriKind.Absolute, out var uri))
            {
                settings.ServiceUri = uri;
            }
            else
            {
                settings.ConnectionString = connectionString;
            }
        }

        configureSettings?.Invoke(settings);
        builder.Services.AddSingleton(_ => Create(settings, connectionName, builder.Configuration));

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                "Azure_BlobServiceClient", services => new BlobHealthCheck(services.GetRequiredService<BlobServiceClient>()), failureStatus: null, tags: null));
        }
    }

    private static BlobServiceClient Create(AzureStorageBlobsSettings settings, string connectionName, IConfiguration configuration)
    {
        var options = new BlobClientOptions(ApiVersion);
        if (settings.ConnectionString is { Length: > 0 } connectionString)
        {
            return new BlobServiceClient(connectionString, options);
        }

        return settings.ServiceUri is { } uri
            ? new BlobServiceClient(uri, settings.Credential ?? DefaultCredential.Create(configuration), options)
            : throw IntegrationSettings.Missing(connectionName, Section);
    }
}
