using Microsoft.AspNetCore.Http;
using Voice.Core.Providers;
using Voice.Inference.Providers;
using Voice.Inference.Tests.Providers.Speech;

namespace Voice.Inference.Tests.Providers.Hearing;

/// <summary>What every adapter of a live transcription service does, whatever the service's protocol is. What goes wrong is in the other half.</summary>
public abstract partial class LiveConformance : IAsyncLifetime
{
    protected const string Key = "key-of-the-operator";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();
    private readonly OneClient _clients = new();
    private ProviderServer _server = null!;
    private Provider _provider = null!;
    private LiveLine? _line;

    private protected abstract ILiveService Service { get; }

    public async Task InitializeAsync()
    {
        _server = await ProviderServer.StartAsync();
        var settings = Service.Settings(_server.Address);
        settings.ApiKey = Key;
        settings.Timeout = Limit;
        var kind = Service.Kind(new ProviderHttp(_clients, _time), _time);
        Assert.Empty(kind.Check(settings));
        _provider = kind.Create("theirs", settings);
    }

    public async Task DisposeAsync()
    {
        _clients.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Hypotheses_come_while_somebody_speaks_and_the_transcript_after_the_commit()
    {
        Serve(async line =>
        {
            await line.HeardAsync();
            await line.PartialAsync("what");
            await line.PartialAsync("what time");
            await line.UtteranceAsync();
            await line.FinalAsync("What time is it?");
        });
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(Pcm(1, 8_000), default);

        Assert.Equal(new TranscriptionEvent.Partial("what") { Utterance = 0 }, await NextAsync(events));
        Assert.Equal(new TranscriptionEvent.Partial("what time") { Utterance = 0 }, await NextAsync(events));
        await stream.CommitAsync("first", default);
        var final = await NextFinalAsync(events);
        Assert.Equal(("first", "What time is it?"), (final.UtteranceId, final.Text));
    }

    [Fact]
    public async Task Audio_arrives_byte_for_byte_and_each_utterance_has_its_own()
    {
        var heard = new List<byte[]>();
        Serve(async line =>
        {
            for (var i = 0; i < 3; i++)
            {
                heard.Add(await line.UtteranceAsync());
                await line.FinalAsync($"number {i}");
            }

            await line.GoodbyeAsync();
        });
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        for (var i = 0; i < 3; i++)
        {
            foreach (var part in Pcm(i, 20_000).Chunk(640))
            {
                await stream.AppendAsync(part, default);
            }

            await stream.CommitAsync($"u{i}", default);
        }

        for (var i = 0; i < 3; i++)
        {
            var final = await NextFinalAsync(events);
            Assert.Equal(($"u{i}", $"number {i}"), (final.UtteranceId, final.Text));
            Assert.Equal(Pcm(i, 20_000), heard[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Messages_in_fragments_are_messages(int length)
    {
        Serve(async line =>
        {
            line.Fragment = length;
            await line.HeardAsync();
            await line.PartialAsync("grüß");
            await line.UtteranceAsync();
            await line.FinalAsync("Grüß Gott, 東京!");
        });
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(Pcm(1, 8_000), default);
        await stream.CommitAsync("u", default);

        Assert.Equal("grüß", Assert.IsType<TranscriptionEvent.Partial>(await NextAsync(events)).Text);
        Assert.Equal("Grüß Gott, 東京!", (await NextFinalAsync(events)).Text);
    }

    [Fact]
    public async Task A_hundred_hypotheses_at_once_keep_their_order()
    {
        Serve(async line =>
        {
            await line.HeardAsync();
            for (var i = 0; i < 100; i++)
            {
                await line.PartialAsync(new string('a', i + 1));
            }

            await line.UtteranceAsync();
            await line.FinalAsync("done");
        });
        await using var stream = await StartAsync();
        await stream.AppendAsync(Pcm(1, 8_000), default);
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(new string('a', i + 1), Assert.IsType<TranscriptionEvent.Partial>(await NextAsync(events)).Text);
        }

        await stream.CommitAsync("u", default);
        Assert.Equal("done", (await NextFinalAsync(events)).Text);
    }

    [Fact]
    public async Task What_was_cleared_is_never_told()
    {
        Serve(async line =>
        {
            await line.UtteranceAsync();
            await line.FinalAsync("forget this");
            await line.HeardAsync();
            await line.PartialAsync("keep");
            await line.UtteranceAsync();
            await line.FinalAsync("keep this");
        });
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(Pcm(1, 8_000), default);
        await stream.ClearAsync(default);
        await stream.AppendAsync(Pcm(2, 8_000), default);

        Assert.Equal(new TranscriptionEvent.Partial("keep") { Utterance = 1 }, await NextAsync(events));
        await stream.CommitAsync("second", default);
        Assert.Equal(("second", "keep this"), ((await NextFinalAsync(events)) is var final ? final.UtteranceId : "", final.Text));
    }

    [Fact]
    public async Task A_commit_of_nothing_is_answered_in_its_turn()
    {
        Serve(async line =>
        {
            await line.UtteranceAsync();
            await line.FinalAsync("something");
            await line.GoodbyeAsync();
        });
        await using var stream = await StartAsync();
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(Pcm(1, 8_000), default);
        await stream.CommitAsync("something", default);
        await stream.CommitAsync("nothing", default);

        Assert.Equal("something", (await NextFinalAsync(events)).UtteranceId);
        var nothing = await NextFinalAsync(events);
        Assert.Equal(("nothing", ""), (nothing.UtteranceId, nothing.Text));
    }

    [Fact]
    public async Task Language_and_likely_words_are_passed_on()
    {
        Serve(async line =>
        {
            await line.UtteranceAsync();
            await line.FinalAsync("gut");
        });
        await using var stream = await StartAsync(new TranscriptionOptions(null, "de", "Riverside Clinic, Doctor Meyer", Service.SampleRate));
        await using var events = stream.ReadAllAsync(default).GetAsyncEnumerator();
        await stream.AppendAsync(Pcm(1, 8_000), default);
        await stream.CommitAsync("u", default);
        await NextFinalAsync(events);

        var asked = Service.Asked(_line!);
        Assert.Contains(Service.German, asked);
        Assert.Contains("Riverside Clinic", asked);
        Assert.Contains("Doctor Meyer", asked);
    }

    private protected void Serve(Func<LiveLine, Task> script) => _server.Talk = async (socket, request, cancellationToken) =>
    {
        _line = await Service.AnswerAsync(socket, request, cancellationToken);
        await script(_line);
        await _line.GoodbyeAsync();
    };

    private Task<ILiveTranscription> StartAsync(TranscriptionOptions? options = null, CancellationToken cancellationToken = default) =>
        _provider.LiveTranscriber!.StartAsync(options ?? new TranscriptionOptions(null, "en", null, Service.SampleRate), cancellationToken).AsTask().OrTimeout();

    private static async Task<TranscriptionEvent> NextAsync(IAsyncEnumerator<TranscriptionEvent> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().OrTimeout());
        return events.Current;
    }

    private static async Task<TranscriptionEvent.Final> NextFinalAsync(IAsyncEnumerator<TranscriptionEvent> events)
    {
        while (true)
        {
            switch (await NextAsync(events))
            {
                case TranscriptionEvent.Final final:
                    return final;
                case TranscriptionEvent.Failed failed:
                    Assert.Fail(failed.Reason);
                    break;
            }
        }
    }

    private static byte[] Pcm(int seed, int length)
    {
        var pcm = new byte[length];
        new Random(seed).NextBytes(pcm);
        return pcm;
    }
}
