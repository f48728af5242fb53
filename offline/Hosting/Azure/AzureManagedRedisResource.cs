using System.Globalization;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Azure;

public class AzureManagedRedisResource : AzureProvisioningResource, IResourceWithConnectionString, ILocalServer, ILocalConnection
{
    private readonly ConnectionSource _connection = new();
    // One for the run: whoever connected before the server died connects again.
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    internal AzureManagedRedisResource(string name)
        : base(name)
    {
    }

    public BicepOutputReference NameOutputReference => new("name", this);

    ConnectionSource ILocalConnection.Connection => _connection;

    async ValueTask<string?> IResourceWithConnectionString.GetConnectionStringAsync(CancellationToken cancellationToken) =>
        (await _connection.GetAsync(cancellationToken)).ConnectionString;

    async Task<RunningProcess> ILocalServer.StartAsync(string folder, int port, Action<string> onLine, CancellationToken cancellationToken)
    {
        var server = await RedisServer.StartAsync(folder, port, _password, onLine, cancellationToken);
        _connection.Set(server.ConnectionString, new Dictionary<string, string>
        {
            ["Host"] = "127.0.0.1",
            ["Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["Password"] = server.Password,
            ["Uri"] = string.Create(CultureInfo.InvariantCulture, $"redis://:{server.Password}@127.0.0.1:{port}"),
        });
        return new RunningProcess(server.ProcessId, server.Exited, () => server.Tail, _ => server.DisposeAsync().AsTask());
    }
}
