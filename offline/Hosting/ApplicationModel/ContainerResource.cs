namespace Aspire.Hosting.ApplicationModel;

/// <summary>What Aspire runs as a container; here the settings are kept and the program runs as a process.</summary>
public class ContainerResource(string name) : Resource(name), IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource;
