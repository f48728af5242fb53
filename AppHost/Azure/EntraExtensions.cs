using Microsoft.Extensions.Configuration;

namespace Voice.AppHost.Azure;

internal static class EntraExtensions
{
    /// <summary>
    /// Sign-in by Microsoft Entra ID where the application host's configuration names a client (Entra:ClientId, Entra:TenantId); its secret is a
    /// parameter. An application registration is made by hand: whoever deploys need not be allowed to make one. On one machine the gateway reads
    /// OpenId:Entra itself.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithEntraSignIn(this IResourceBuilder<ProjectResource> gateway, AzureEnvironment? azure)
    {
        var configuration = gateway.ApplicationBuilder.Configuration;
        return azure is null || configuration["Entra:ClientId"] is not { Length: > 0 } client
            ? gateway
            : gateway.WithEnvironment("OpenId__Entra__ClientId", client)
                .WithEnvironment("OpenId__Entra__TenantId", configuration["Entra:TenantId"] ?? "")
                .WithEnvironment("OpenId__Entra__ClientSecret", gateway.ApplicationBuilder.AddParameter("entra-client-secret", secret: true));
    }
}
