using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

/// <summary>A <see cref="RealtimeHost"/> whose stores are nobody else's, to be stopped and started during its calls.</summary>
public sealed class OutageHost : IAsyncLifetime
{
    /// <inheritdoc cref="VoiceApi.DatabaseSettings"/>
    public string DatabaseSettings { get; init; } = "";

    public OwnServers Servers { get; } = new();

    public RealtimeHost Realtime { get; private set; } = null!;

    public VoiceApi Api => Realtime.Api;

    public async Task InitializeAsync()
    {
        await Servers.StartAsync();
        Realtime = new RealtimeHost
        {
            Api = new VoiceApi { Postgres = Servers.Postgres, DatabaseSettings = DatabaseSettings },
            Settings =
            [
                ("ConnectionStrings:cache", Servers.CacheConnectionString),
                ("ConnectionStrings:blobs", Servers.BlobsConnectionString),
                ("SpeechCache:Enabled", "true"),
                // So short that whoever takes an outage for the death of a server ends its calls.
                ("Sessions:SweepInterval", "00:00:01"),
                ("Sessions:OrphanAfter", "00:00:01"),
            ],
        };
        await Realtime.InitializeAsync();
    }

    /// <summary>Ends the store, with every connection to it.</summary>
    public async Task StopAsync(BackingStore store)
    {
        await Servers.StopAsync(store);
        // The test's own connections were ended with the service's.
        Api.Database.DataSource.Clear();
    }

    /// <summary><c>kill -9</c> of everything the store consists of: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync(BackingStore store)
    {
        await Servers.KillAsync(store);
        Api.Database.DataSource.Clear();
    }

    public async Task DisposeAsync()
    {
        // A test that failed may have left one stopped.
        await Servers.StartAsync();
        await Realtime.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
