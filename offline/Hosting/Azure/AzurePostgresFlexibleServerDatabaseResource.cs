using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Azure;

public class AzurePostgresFlexibleServerDatabaseResource(string name, string databaseName, AzurePostgresFlexibleServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<AzurePostgresFlexibleServerResource>, IResourceWithConnectionString, ILocalConnection
{
    private readonly ConnectionSource _connection = new();

    public AzurePostgresFlexibleServerResource Parent { get; } = postgresParentResource;

    public string DatabaseName { get; } = databaseName;

    ConnectionSource ILocalConnection.Connection => _connection;

    async ValueTask<string?> IResourceWithConnectionString.GetConnectionStringAsync(CancellationToken cancellationToken) =>
        (await _connection.GetAsync(cancellationToken)).ConnectionString;

    internal void Allocate(string connectionString, Dictionary<string, string> properties) => _connection.Set(connectionString, properties);
}
