using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Azure;

public class AzurePostgresFlexibleServerResource : AzureProvisioningResource, IResourceWithEndpoints, ILocalServer
{
    private readonly List<AzurePostgresFlexibleServerDatabaseResource> _databases = [];

    internal AzurePostgresFlexibleServerResource(string name)
        : base(name)
    {
    }

    public IReadOnlyDictionary<string, string> Databases => _databases.ToDictionary(database => database.Name, database => database.DatabaseName);

    public BicepOutputReference NameOutputReference => new("name", this);

    internal void Add(AzurePostgresFlexibleServerDatabaseResource database) => _databases.Add(database);

    async Task<RunningProcess> ILocalServer.StartAsync(string folder, int port, Action<string> onLine, CancellationToken cancellationToken)
    {
        var server = await PostgresServer.StartAsync(folder, port, new() { OnLine = onLine }, cancellationToken);
        foreach (var database in _databases)
        {
            await server.CreateDatabaseAsync(database.DatabaseName, cancellationToken);
            var address = $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/{database.DatabaseName}";
            database.Allocate(server.ConnectionStringFor(database.DatabaseName), new Dictionary<string, string>
            {
                ["Host"] = "127.0.0.1",
                ["Port"] = port.ToString(CultureInfo.InvariantCulture),
                ["Username"] = PostgresServer.Username,
                ["Password"] = server.Password,
                ["Uri"] = $"postgresql://{PostgresServer.Username}:{server.Password}@{address}",
                ["JdbcConnectionString"] = $"jdbc:postgresql://{address}",
                ["DatabaseName"] = database.DatabaseName,
            });
        }

        return new RunningProcess(server.ProcessId, server.Exited, () => server.Tail, _ => server.DisposeAsync().AsTask());
    }
}
