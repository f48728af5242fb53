using Aspire.Hosting.Azure;

namespace Voice.AppHost.Azure;

/// <summary>What only the published platform has. There is none (null) when the model runs on one machine.</summary>
internal sealed record AzureEnvironment(
    IResourceBuilder<AzureApplicationInsightsResource> Insights,
    IResourceBuilder<AzureKeyVaultResource> Vault);
