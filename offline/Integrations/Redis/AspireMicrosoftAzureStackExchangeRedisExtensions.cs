using Aspire.StackExchange.Redis;
using Azure.Core;

namespace Microsoft.Extensions.Hosting;

public static class AspireMicrosoftAzureStackExchangeRedisExtensions
{
    private static readonly string[] AzureHosts = [".redis.cache.windows.net", ".redis.azure.net", ".redisenterprise.cache.azure.net"];

    /// <summary>Acts only on Azure's host names, so one call serves a local server and the cloud.</summary>
    public static AspireRedisClientBuilder WithAzureAuthentication(this AspireRedisClientBuilder builder, TokenCredential? credential = null)
    {
        if (Array.Exists(AzureHosts, host => builder.Settings.ConnectionString?.Contains(host, StringComparison.OrdinalIgnoreCase) == true))
        {
            throw new NotSupportedException(
                "This build's Redis client cannot sign in to Azure with an identity. Build with UseAspire=true, or use an access key against another host name.");
        }

        return builder;
    }
}
