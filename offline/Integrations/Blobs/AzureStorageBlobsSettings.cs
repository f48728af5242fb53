namespace Aspire.Azure.Storage.Blobs;

/// <summary>Bound from <c>Aspire:Azure:Storage:Blobs</c>, then <c>…:&lt;connection name&gt;</c>, then <c>ConnectionStrings:&lt;connection name&gt;</c>.</summary>
public class AzureStorageBlobsSettings
{
    public string? ConnectionString { get; set; }

    public Uri? ServiceUri { get; set; }

    public global::Azure.Core.TokenCredential? Credential { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableTracing { get; set; }
}
