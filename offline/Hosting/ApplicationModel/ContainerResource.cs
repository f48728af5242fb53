namespace Aspire.Hosting.ApplicationModel;

/// <summary>What Aspire runs as a container; here the settings are kept and the program runs as a process.</summary>
public class ContainerResource : Resource, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    internal ContainerResource(string name)
        : base(name)
    {
    }
}
