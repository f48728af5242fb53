using Aspire.Hosting.Azure;

namespace Voice.AppHost.Azure;

/// <summary>A random value that the host makes up once. When published it lives in Key Vault and services get a reference to it there.</summary>
internal sealed record GeneratedSecret(IResourceBuilder<ParameterResource> Value, IResourceBuilder<AzureKeyVaultSecretResource>? InVault);
