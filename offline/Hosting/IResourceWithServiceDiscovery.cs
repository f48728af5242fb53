namespace Aspire.Hosting;

public interface IResourceWithServiceDiscovery : ApplicationModel.IResourceWithEndpoints;
