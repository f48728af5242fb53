using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.Compression;
using Voice.Gateway.DataProtection;
using Voice.Gateway.Errors;
using Voice.Gateway.OpenId.Entra;
using Voice.Gateway.Routing;
using Voice.Gateway.Routing.Resilience;
using Voice.Gateway.Security;
using Voice.Gateway.Security.Cors;
using Voice.Gateway.SignIn;
using Voice.ServiceDefaults.Http.Idempotency;

namespace Voice.Gateway;

internal static class GatewayServiceCollectionExtensions
{
    /// <summary>Users, API keys, cookies and what protects them. After <c>AddDatabase</c>: seeding needs the migrated schema.</summary>
    public static WebApplicationBuilder AddGatewayIdentity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SeedOptions>().BindConfiguration(SeedOptions.Section);
        services.AddOptionsWithValidateOnStart<SignInLimits, SignInLimitsValidator>().BindConfiguration(SignInLimits.Section);
        services.AddPeople();

        services.AddSingleton<IXmlRepository, PostgresKeyRepository>();
        services.AddSingleton<SigningKeyEncryptor>();
        services.AddDataProtection().SetApplicationName("voiceaspire-gateway");
        services.AddOptions<KeyManagementOptions>().Configure<IXmlRepository, SigningKeyEncryptor>((options, repository, encryptor) =>
        {
            options.XmlRepository = repository;
            options.XmlEncryptor = encryptor;
        });
        services.AddGatewayAuthentication();
        builder.AddEntraSignIn();
        services.AddAudit();
        builder.AddIdempotency("identity");
        return builder;
    }

    public static WebApplicationBuilder AddGatewayProxy(this WebApplicationBuilder builder)
    {
        builder.AddEdgeServer();
        // Each request's whole address, with the signatures that are in some, twice; our own line has what is needed.
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Services.AddCorsByOrganization();
        builder.Services.AddDocumentCompression();
        builder.Services.AddSingleton<CallerTokens>();
        // The first writer that can, writes: the framework's own takes a browser's */* for a wish for JSON.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, PageErrorWriter>());
        builder.Services.AddReverseProxy()
            .LoadFromMemory(ProxyConfiguration.Routes, ProxyConfiguration.Clusters(builder.Configuration))
            .AddTransforms<ClientSecretRecord>()
            .AddTransforms<ServiceCredentials>()
            .AddTransforms<ResponseLimit>()
            .AddResilience()
            .ConfigureHttpClient((_, handler) => handler.ConnectTimeout = TimeSpan.FromSeconds(3));
        return builder;
    }
}
