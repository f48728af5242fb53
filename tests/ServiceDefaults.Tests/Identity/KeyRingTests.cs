using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;

namespace ServiceDefaults.Tests.Identity;

public sealed class KeyRingTests
{
    private readonly ManualTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Replicas_that_start_together_have_one_key_and_the_database_alone_has_none()
    {
        await using var database = await TestDatabase.CreateAsync();
        var replicas = await Task.WhenAll(StartAsync(database), StartAsync(database), StartAsync(database));
        Assert.Single(replicas.Select(replica => Ring(replica).Current.Kid).Distinct());
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from voice.signing_keys"));
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        // Another secret opens nothing, and says so at the start instead of at the first caller.
        await Assert.ThrowsAnyAsync<System.Security.Cryptography.CryptographicException>(() => StartAsync(database, "another-secret-of-32-characters-or-more"));
    }

    [Fact]
    public async Task The_next_key_is_published_before_it_signs_and_the_last_one_after_it_did()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = await StartAsync(database);
        var ring = Ring(service);
        var first = ring.Current.Kid;

        _time.Advance(KeySchedule.Internal.SignFor - KeySchedule.Internal.PublishBefore);
        await ring.RefreshAsync(CancellationToken.None);
        Assert.Equal(first, ring.Current.Kid);
        Assert.Equal(2, ring.Published.Keys.Count);

        _time.Advance(KeySchedule.Internal.PublishBefore);
        var second = ring.Current.Kid;
        Assert.NotEqual(first, second);
        Assert.NotNull(ring.Find(first));

        _time.Advance(KeySchedule.Internal.PublishAfter);
        await ring.RefreshAsync(CancellationToken.None);
        Assert.Null(ring.Find(first));
        Assert.Equal([second], ring.Published.Keys.Select(key => key.Kid));
    }

    [Fact]
    public async Task By_command_a_new_key_takes_over_after_it_was_published_and_every_replica_follows()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        var first = Ring(one).Current.Kid;

        var second = await Ring(one).RotateAsync(compromised: false, CancellationToken.None);
        Assert.Equal(first, Ring(one).Current.Kid);
        await Ring(other).RefreshAsync(CancellationToken.None);
        Assert.NotNull(Ring(other).Find(second));

        _time.Advance(KeySchedule.Internal.PublishBefore);
        Assert.Equal([second, second], [Ring(one).Current.Kid, Ring(other).Current.Kid]);
        Assert.NotNull(Ring(other).Find(first));
    }

    [Fact]
    public async Task A_key_that_somebody_else_has_ends_at_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var one = await StartAsync(database);
        var stolen = Ring(one).Current.Kid;
        var second = await Ring(one).RotateAsync(compromised: true, CancellationToken.None);
        Assert.Equal(second, Ring(one).Current.Kid);
        Assert.Null(Ring(one).Find(stolen));
    }

    [Fact]
    public void What_is_sealed_for_one_key_opens_as_no_other()
    {
        var seal = new KeySeal(Options.Create(new IdentityOptions { SigningKey = TestIdentity.SigningKey }));
        var sealedBytes = seal.Seal("secret"u8, "internal a");
        Assert.Equal("secret"u8.ToArray(), seal.Open(sealedBytes, "internal a"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => seal.Open(sealedBytes, "internal b"));
        sealedBytes[^1] ^= 1;
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => seal.Open(sealedBytes, "internal a"));
    }

    private static KeyRing Ring(TestService service) => service.Services.GetRequiredKeyedService<KeyRing>(KeySchedule.Internal.Purpose);

    private Task<TestService> StartAsync(TestDatabase database, string secret = TestIdentity.SigningKey)
    {
        var builder = TestService.CreateBuilder(("ConnectionStrings:voicedb", database.ConnectionString), ("Auth:SigningKey", secret));
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddDatabase("voice");
        builder.AddSigningKeys("voice", KeySchedule.Internal);
        return TestService.StartAsync(builder);
    }
}
