using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Azure;

public class AzureBicepResource : Resource
{
    internal AzureBicepResource(string name)
        : base(name)
    {
    }
}
