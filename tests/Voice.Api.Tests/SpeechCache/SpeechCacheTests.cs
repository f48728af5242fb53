using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Voice.Api.SpeechCache;
using Voice.Core.Providers;

namespace Voice.Api.Tests.SpeechCache;

public sealed class SpeechCacheTests : IAsyncLifetime
{
    private static readonly SpeechRequest Greeting = new("hello and welcome", "en", "flite", "slt") { Caching = SpeechCaching.Fixed };
    private static readonly SpeechRequest Reply = Greeting with { Text = "we are open until six", Caching = SpeechCaching.Reply };

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SpeechCacheOptions _options = new() { LookupBudget = TimeSpan.FromMilliseconds(100) };
    private readonly List<SpeechStore> _stores = [];
    private readonly CountingSynthesizer _inner = new();
    private ConnectionMultiplexer _redis = null!;

    public async Task InitializeAsync()
    {
        _redis = await ConnectionMultiplexer.ConnectAsync((await BackingServers.RedisAsync()).ConnectionString);
    }

    public async Task DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.StopAsync(CancellationToken.None).OrTimeout();
        }

        foreach (var request in _inner.Requests)
        {
            await _redis.GetDatabase().KeyDeleteAsync(SpeechKey.For(request));
        }

        _redis.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task A_text_for_everybody_is_made_once_for_all_processes()
    {
        var first = Process();
        var made = await SayAsync(first, Greeting);
        await Deadline.Until(async () => await _redis.GetDatabase().KeyExistsAsync(SpeechKey.For(Greeting)));

        Assert.Equal(made, await SayAsync(first, Greeting));
        Assert.Equal(made, await SayAsync(Process(), Greeting));
        Assert.Single(_inner.Requests);
        var lifetime = await _redis.GetDatabase().KeyTimeToLiveAsync(SpeechKey.For(Greeting));
        Assert.InRange(lifetime!.Value, TimeSpan.FromDays(29), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task A_reply_is_kept_when_it_is_said_again_and_for_a_day()
    {
        var cache = Process();
        await SayAsync(cache, Reply);
        Assert.False(await _redis.GetDatabase().KeyExistsAsync(SpeechKey.For(Reply)));
        await SayAsync(cache, Reply);
        await SayAsync(cache, Reply);

        Assert.Equal(2, _inner.Requests.Count);
        await Deadline.Until(async () => await _redis.GetDatabase().KeyExistsAsync(SpeechKey.For(Reply)));
        Assert.InRange((await _redis.GetDatabase().KeyTimeToLiveAsync(SpeechKey.For(Reply)))!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task What_may_tell_something_about_a_person_is_not_kept_and_what_was_kept_for_all_is_found()
    {
        var cache = Process();
        var personal = Greeting with { Caching = SpeechCaching.None };
        await SayAsync(cache, personal);
        await SayAsync(cache, personal);
        await SayAsync(cache, personal);
        Assert.Equal(3, _inner.Requests.Count);
        Assert.False(await _redis.GetDatabase().KeyExistsAsync(SpeechKey.For(personal)));

        await SayAsync(cache, Greeting);
        await SayAsync(cache, personal);
        Assert.Equal(4, _inner.Requests.Count);
    }

    [Fact]
    public async Task Every_thing_that_changes_the_sound_changes_the_key()
    {
        SpeechRequest[] requests =
        [
            Greeting, Greeting with { Text = "hello" }, Greeting with { Language = "es" }, Greeting with { Model = null }, Greeting with { Voice = "rms" },
            Greeting with { Speed = 1.2 },
            Greeting with { Instructions = "calm" }, Greeting with { IsSsml = true }, Greeting with { IsSsml = true, Instructions = "calm" },
        ];
        Assert.Equal(requests.Length, requests.Select(SpeechKey.For).Distinct().Count());
        Assert.Equal(SpeechKey.For(Greeting), SpeechKey.For(Greeting with { Caching = SpeechCaching.None }));
        Assert.DoesNotContain("hello", SpeechKey.For(Greeting));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task What_broke_off_or_was_left_or_is_long_is_not_kept()
    {
        var cache = Process();
        _inner.FailAfter = 2;
        await Assert.ThrowsAsync<ProviderException>(() => SayAsync(cache, Greeting));
        _inner.FailAfter = null;
        await foreach (var _ in cache.SynthesizeAsync(Greeting, CancellationToken.None))
        {
            break;
        }

        Assert.Equal((3, 14_400), Said(await SayAsync(cache, Greeting)));

        var longer = Greeting with { Text = string.Join(' ', Enumerable.Repeat("long", 101)) };
        await SayAsync(cache, longer);
        await SayAsync(cache, longer);
        Assert.Equal(5, _inner.Requests.Count);
    }

    [Fact]
    public async Task A_cache_that_is_away_is_one_that_has_nothing()
    {
        var nowhere = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:9,abortConnect=false,connectTimeout=100,connectRetry=0");
        using (nowhere)
        {
            var cache = Process(nowhere);
            Assert.Equal((1, 14_400), Said(await SayAsync(cache, Greeting)));
            // This process remembers all the same.
            Assert.Equal((1, 14_400), Said(await SayAsync(cache, Greeting)));
            Assert.Equal((2, 24_000), Said(await SayAsync(cache, Reply)));
        }
    }

    [Fact]
    public async Task What_waits_to_be_written_is_written_before_the_service_stops()
    {
        var cache = Process(start: false);
        await SayAsync(cache, Greeting);
        var store = _stores[^1];
        await store.StartAsync(CancellationToken.None);
        await store.StopAsync(CancellationToken.None).OrTimeout();

        Assert.True(await _redis.GetDatabase().KeyExistsAsync(SpeechKey.For(Greeting)));
    }

    [Fact]
    public void Memory_holds_so_many_bytes_of_what_was_used_last()
    {
        _options.MemoryBytes = 3_000;
        var memory = new SpeechMemory(Options.Create(_options));
        memory.Add("a", new byte[1_000]);
        memory.Add("b", new byte[1_000]);
        memory.Add("c", new byte[1_000]);
        Assert.True(memory.TryGet("a", out _));
        memory.Add("d", new byte[1_500]);
        memory.Add("too large", new byte[3_001]);

        Assert.Equal((true, false, false, true), (memory.TryGet("a", out _), memory.TryGet("b", out _), memory.TryGet("c", out _), memory.TryGet("d", out _)));
        Assert.Equal(2_500, memory.Bytes);
    }

    private CachedSynthesizer Process(IConnectionMultiplexer? redis = null, bool start = true)
    {
        var options = Options.Create(_options);
        var metrics = new SpeechCacheMetrics(_services.GetRequiredService<IMeterFactory>());
        var memory = new SpeechMemory(options);
        var store = new SpeechStore(redis ?? _redis, memory, metrics, options, TimeProvider.System, NullLogger<SpeechStore>.Instance);
        if (start)
        {
            store.StartAsync(CancellationToken.None);
        }

        _stores.Add(store);
        return new CachedSynthesizer(_inner, memory, store, metrics, options);
    }

    private static async Task<byte[]> SayAsync(CachedSynthesizer cache, SpeechRequest request)
    {
        List<byte> audio = [];
        await foreach (var block in cache.SynthesizeAsync(request, CancellationToken.None))
        {
            Assert.InRange(block.Length, 2, 4_800);
            audio.AddRange(block.Span);
        }

        return [.. audio];
    }

    /// <summary>Which synthesis it is, and how long.</summary>
    private static (int Synthesis, int Bytes) Said(byte[] audio) => (audio.Distinct().Single(), audio.Length);
}
