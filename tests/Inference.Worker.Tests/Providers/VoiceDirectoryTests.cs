using Voice.Core.Providers;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers;

public sealed class VoiceDirectoryTests
{
    private readonly ManualTimeProvider _time = new();
    private Func<CancellationToken, Task<IReadOnlyList<ProviderVoice>>> _service = _ => Task.FromResult(List("a", "b"));
    private int _asked;

    [Fact]
    public async Task A_list_is_fetched_at_its_first_use_and_kept_for_a_while()
    {
        var voices = Directory();
        Assert.Equal(0, _asked);

        Assert.Equal(["a", "b"], Ids(await voices.ListAsync(default)));
        _time.Advance(VoiceDirectory.Kept - TimeSpan.FromSeconds(1));
        await voices.ListAsync(default);
        Assert.Equal(1, _asked);

        _service = _ => Task.FromResult(List("c"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["c"], Ids(await voices.ListAsync(default)));
    }

    [Fact]
    public async Task A_service_that_fails_leaves_the_last_known_list_and_is_asked_again_later()
    {
        var voices = Directory();
        await voices.ListAsync(default);
        _service = _ => throw new ProviderException("provider_unavailable", "gone");
        _time.Advance(VoiceDirectory.Kept);

        Assert.Equal(["a", "b"], Ids(await voices.ListAsync(default)));
        await voices.ListAsync(default);
        Assert.Equal(2, _asked);

        _service = _ => Task.FromResult(List("c"));
        _time.Advance(VoiceDirectory.RetryAfter);
        Assert.Equal(["c"], Ids(await voices.ListAsync(default)));
    }

    [Fact]
    public async Task Before_the_first_answer_what_is_known_holds()
    {
        _service = _ => throw new ProviderException("provider_failed", "broken");

        Assert.Equal(["alloy"], Ids(await Directory(List("alloy")).ListAsync(default)));
    }

    [Fact]
    public async Task Many_who_ask_at_once_are_one_request()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<ProviderVoice>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service = _ => answer.Task;
        var voices = Directory();
        var all = Enumerable.Range(0, 20).Select(_ => voices.ListAsync(default).AsTask()).ToList();
        answer.SetResult(List("a"));

        Assert.All(await Task.WhenAll(all).OrTimeout(), list => Assert.Equal(["a"], Ids(list)));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_list_without_end_is_cut()
    {
        _service = _ => Task.FromResult(List([.. Enumerable.Range(0, VoiceDirectory.MaxVoices + 1).Select(i => $"v{i}")]));

        Assert.Equal(VoiceDirectory.MaxVoices, (await Directory().ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_provider_whose_voices_are_known_lists_those_of_its_capability()
    {
        var provider = new Provider("p", "k")
        {
            Capabilities = [new ProviderCapability(Capability.Chat), new ProviderCapability(Capability.Speech) { Voices = List("slt") }],
            CheckAsync = _ => Task.CompletedTask,
        };

        Assert.Equal(["slt"], Ids(await provider.VoicesAsync(default)));
        Assert.Equal(["a", "b"], Ids(await (provider with { Voices = Directory() }).VoicesAsync(default)));
    }

    private static IReadOnlyList<ProviderVoice> List(params string[] ids) => [.. ids.Select(id => new ProviderVoice(id, id, ["en"]))];

    private static IEnumerable<string> Ids(IEnumerable<ProviderVoice> voices) => voices.Select(voice => voice.Id);

    private VoiceDirectory Directory(IReadOnlyList<ProviderVoice>? known = null) => new(
        cancellationToken =>
        {
            _asked++;
            return _service(cancellationToken);
        },
        _time,
        known);
}
