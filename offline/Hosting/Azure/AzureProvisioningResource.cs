namespace Aspire.Hosting.Azure;

public class AzureProvisioningResource : AzureBicepResource
{
    internal AzureProvisioningResource(string name)
        : base(name)
    {
    }
}
