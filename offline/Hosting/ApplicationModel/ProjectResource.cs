namespace Aspire.Hosting.ApplicationModel;

#pragma warning disable ASPIREPROBES001 // As Aspire has it: what asks for probes is experimental, not the project.
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource;
#pragma warning restore ASPIREPROBES001
