using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

internal sealed class ConfiguredConnection(string name, string? environmentVariable, IConfiguration configuration)
    : Resource(name), IResourceWithConnectionString
{
    public string? ConnectionStringEnvironmentVariable => environmentVariable;

    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken) => new(configuration.GetConnectionString(Name)
        ?? throw new DistributedApplicationException($"Set the connection string '{Name}': ConnectionStrings__{Name}=..."));
}
