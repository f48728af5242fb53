using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using StackExchange.Redis;
using Voice;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Messaging;

namespace ServiceDefaults.Tests;

public sealed class StartUpTests
{
    [Fact]
    public async Task What_clients_send_and_nobody_reads_is_bounded_per_connection()
    {
        await using var service = await TestService.StartAsync();

        Assert.InRange(service.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.MaxReadBufferSize ?? long.MaxValue, 1, 64 * 1024);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("too-short-0123456789")]
    public async Task Without_a_proper_signing_key_nothing_starts_and_the_error_names_the_setting(string? key)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestService.StartAsync(TestService.CreateBuilder(("Auth:SigningKey", key))));
        Assert.Contains("Auth__SigningKey", error.Message);
        if (key is { Length: > 0 })
        {
            Assert.DoesNotContain(key, error.Message);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("no keys")]
    public async Task Without_the_keys_of_the_gateway_nothing_starts(string? keys)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestService.StartAsync(TestService.CreateBuilder(("Auth:TrustedKeys:gateway", keys))));
        Assert.Contains("Auth__TrustedKeys__gateway", error.Message);
    }

    [Theory]
    [InlineData("Messaging:MaxAttempts", "0")]
    [InlineData("Messaging:Lease", "00:00:00")]
    [InlineData("Messaging:MaxConcurrency", "1000")]
    public async Task Messaging_settings_out_of_range_stop_the_start(string key, string value)
    {
        var builder = TestService.CreateBuilder(("ConnectionStrings:voicedb", "Host=127.0.0.1;Password=x"), (key, value));
        builder.AddOutbox("voice");
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestService.StartAsync(builder));
        Assert.Contains(key, error.Message);
    }

    [Fact]
    public void Service_Bus_is_the_bus_where_it_is_configured_and_a_build_without_it_says_so()
    {
        var builder = TestService.CreateBuilder(
            ("ConnectionStrings:voicedb", "Host=127.0.0.1;Password=x"), ("ConnectionStrings:messaging", "Endpoint=sb://localhost;SharedAccessKeyName=x;SharedAccessKey=y"));
        var error = Assert.ThrowsAny<Exception>(() => builder.AddOutbox("voice"));
        Assert.Contains("UseAspire", error.Message);
    }

    [Fact]
    public async Task A_missing_connection_string_stops_the_start_and_is_named()
    {
        var database = TestService.CreateBuilder();
        database.AddDatabase("voice");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestService.StartAsync(database));
        Assert.Contains("ConnectionStrings:voicedb", error.Message);

        var cache = TestService.CreateBuilder();
        cache.AddCache();
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestService.StartAsync(cache));
        Assert.Contains("ConnectionStrings:cache", error.Message);

        var blobs = TestService.CreateBuilder();
        blobs.AddBlobs();
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestService.StartAsync(blobs));
        Assert.Contains("ConnectionStrings:blobs", error.Message);
    }

    [Fact]
    public async Task With_its_servers_a_service_is_ready_and_its_containers_exist()
    {
        await using var database = await TestDatabase.CreateAsync();
        var builder = TestService.CreateBuilder(
            ("ConnectionStrings:voicedb", database.ConnectionString),
            ("ConnectionStrings:cache", (await BackingServers.RedisAsync()).ConnectionString),
            ("ConnectionStrings:blobs", (await BackingServers.AzuriteAsync()).ConnectionString));
        builder.AddDatabase("voice");
        builder.AddCache();
        builder.AddBlobs();
        await using var service = await TestService.StartAsync(builder);
        Assert.Equal(
            """{"status":"healthy","checks":{"self":"healthy","PostgreSql":"healthy","StackExchange.Redis":"healthy","Azure_BlobServiceClient":"healthy"}}""",
            await service.CreateClient().GetStringAsyncOf("/health", HttpStatusCode.OK));
        var blobs = service.Services.GetRequiredService<Azure.Storage.Blobs.BlobServiceClient>();
        foreach (var container in BlobContainers.All)
        {
            Assert.True((await blobs.GetBlobContainerClient(container).ExistsAsync()).Value);
        }

        Assert.True(service.Services.GetRequiredService<IConnectionMultiplexer>().IsConnected);
        Assert.NotNull(service.Services.GetRequiredService<NpgsqlDataSource>());
    }

    [Fact]
    public async Task The_files_of_the_service_that_asks_are_applied_before_anything_else_starts()
    {
        await using var database = await TestDatabase.CreateAsync();
        var builder = TestService.CreateBuilder(("ConnectionStrings:voicedb", database.ConnectionString));
        string? found = null;
        builder.Services.AddSingleton<IHostedService>(services => new OnStart(async () =>
        {
            await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select text from voice.greetings");
            found = (string?)await command.ExecuteScalarAsync();
        }));
        builder.AddDatabase("voice");
        await using var service = await TestService.StartAsync(builder);
        Assert.Equal("hello", found);
    }

    [Fact]
    public async Task A_service_whose_database_went_away_is_alive_and_not_ready_and_does_not_say_why()
    {
        await using var database = await TestDatabase.CreateAsync();
        var builder = TestService.CreateBuilder(("ConnectionStrings:voicedb", database.ConnectionString));
        builder.AddDatabase("voice");
        var log = new LogCollector();
        builder.Logging.AddProvider(log);
        await using var service = await TestService.StartAsync(builder);
        await service.CreateClient().GetStringAsyncOf("/health", HttpStatusCode.OK);
        await database.DisposeAsync();
        var body = await service.CreateClient().GetStringAsyncOf("/health", HttpStatusCode.ServiceUnavailable);
        await service.CreateClient().GetStringAsyncOf("/health", HttpStatusCode.ServiceUnavailable);
        Assert.Single(log.Messages, message => message.Contains("PostgreSql is Unhealthy"));
        Assert.Equal("""{"status":"unhealthy","checks":{"self":"healthy","PostgreSql":"unhealthy"}}""", body);
        await service.CreateClient().GetStringAsyncOf("/alive", HttpStatusCode.OK);
    }

    [Fact]
    public void The_address_of_a_service_prefers_https_and_a_missing_one_is_named()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:voice-api:http:0"] = "http://localhost:5001",
            ["services:inference-worker:http:0"] = "http://localhost:5002",
            ["services:inference-worker:https:0"] = "https://localhost:5003",
            ["services:web:http:0"] = "not an address",
        }).Build();
        Assert.Equal(new Uri("http://localhost:5001"), configuration.GetServiceUri("voice-api"));
        Assert.Equal(new Uri("https://localhost:5003"), configuration.GetServiceUri("inference-worker"));
        Assert.Contains("services__safety-worker__http__0", Assert.Throws<InvalidOperationException>(() => configuration.GetServiceUri("safety-worker")).Message);
        Assert.Contains("services__web__http__0", Assert.Throws<InvalidOperationException>(() => configuration.GetServiceUri("web")).Message);
    }

    [Fact]
    public void Ids_sort_by_the_time_they_were_made()
    {
        var time = new ManualTimeProvider();
        var ids = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            ids.Add(Ids.New("sess", time));
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.All(ids, id => Assert.Matches("^sess_[0-9a-f]{32}$", id));
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    private sealed class OnStart(Func<Task> action) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => action();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
