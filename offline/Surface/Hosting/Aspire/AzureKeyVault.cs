using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using VoiceAspire.Offline.Surface;

// Aspire.Hosting.Azure.KeyVault 13.5, as far as AppHost/Azure uses it.
namespace Aspire.Hosting
{
    public static class AzureKeyVaultResourceExtensions
    {
        public static IResourceBuilder<AzureKeyVaultResource> AddAzureKeyVault(this IDistributedApplicationBuilder builder, string name) =>
            throw SignatureOnly.Of("Aspire.Hosting.Azure.KeyVault");

        public static IResourceBuilder<AzureKeyVaultSecretResource> AddSecret(
            this IResourceBuilder<AzureKeyVaultResource> builder, string name, string secretName, IResourceBuilder<ParameterResource> parameterResource) =>
            throw SignatureOnly.Of("Aspire.Hosting.Azure.KeyVault");
    }
}

namespace Aspire.Hosting.Azure
{
    public class AzureKeyVaultResource : AzureProvisioningResource
    {
        internal AzureKeyVaultResource()
            : base("") => throw SignatureOnly.Of("Aspire.Hosting.Azure.KeyVault");
    }

    public class AzureKeyVaultSecretResource : Resource, IAzureKeyVaultSecretReference
    {
        internal AzureKeyVaultSecretResource()
            : base("") => throw SignatureOnly.Of("Aspire.Hosting.Azure.KeyVault");

        public string SecretName => throw SignatureOnly.Of("Aspire.Hosting.Azure.KeyVault");

        string IManifestExpressionProvider.ValueExpression => throw SignatureOnly.Of("Aspire.Hosting.Azure.KeyVault");

        ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => throw SignatureOnly.Of("Aspire.Hosting.Azure.KeyVault");
    }
}
