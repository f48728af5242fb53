using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.Hosting;

/// <summary>The credential an integration uses when none was given: what the environment names, else the identity of the app, else the developer's.</summary>
internal static class DefaultCredential
{
    public static TokenCredential Create(IConfiguration configuration)
    {
        if (configuration["AZURE_TOKEN_CREDENTIALS"] is { Length: > 0 })
        {
            return new DefaultAzureCredential(DefaultAzureCredential.DefaultEnvironmentVariableName);
        }

        return configuration["AZURE_CLIENT_ID"] is { Length: > 0 } clientId
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new ChainedTokenCredential(new AzureCliCredential(), new AzureDeveloperCliCredential(), new VisualStudioCredential());
    }
}
