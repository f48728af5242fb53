using Microsoft.AspNetCore.Http;
using Voice.Core.Providers;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>What every adapter of a speech service does, whatever the service's protocol is. How it speaks and fails; what it is asked is in the other half.</summary>
public abstract partial class SpeechConformance : IAsyncLifetime
{
    private const string Text = "The doctor will see you now.";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly OneClient _clients = new();
    private readonly SpeechScript _script = new();
    private ProviderServer _server = null!;
    private Provider _provider = null!;

    private protected abstract ISpeechService Service { get; }

    public async Task InitializeAsync()
    {
        _server = await ProviderServer.StartAsync();
        Service.Serve(_server, _script);
        var settings = Service.Settings(_server.Address);
        var kind = Service.Kind(new ProviderHttp(_clients, _time), _time);
        Assert.Empty(kind.Check(settings));
        _provider = kind.Create("theirs", settings);
    }

    public async Task DisposeAsync()
    {
        // Connections that wait for another request go, so that the server need not wait for them.
        _time.Advance(TimeSpan.FromMinutes(1));
        _clients.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_first_block_comes_before_the_service_has_finished()
    {
        if (!Service.Streams)
        {
            Assert.False(_provider.Capabilities.Single(capability => capability.Capability == Capability.Speech).Streaming);
            return;
        }

        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _script.Play = async line =>
        {
            await line.AudioAsync(Pcm(1, 960));
            await rest.Task;
            await line.AudioAsync(Pcm(2, 960));
            await line.EndAsync();
        };
        await using var blocks = Speak().GetAsyncEnumerator();

        Assert.True(await blocks.MoveNextAsync().AsTask().OrTimeout());
        var heard = blocks.Current.ToArray().ToList();
        rest.SetResult();
        while (await blocks.MoveNextAsync().AsTask().OrTimeout())
        {
            heard.AddRange(blocks.Current.ToArray());
        }

        Assert.Equal([.. Pcm(1, 960), .. Pcm(2, 960)], heard);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_201)]
    [InlineData(50_000)]
    public async Task Audio_is_the_services_byte_for_byte_however_it_is_cut(int length)
    {
        var pcm = Pcm(7, length < 10 ? 300 : 150_000);
        _script.Play = async line =>
        {
            foreach (var part in pcm.Chunk(length))
            {
                await line.AudioAsync(part);
            }

            await line.EndAsync();
        };

        var blocks = await Speak().ToListAsync().AsTask().OrTimeout();
        Assert.All(blocks, block => Assert.Equal(0, block.Length % 2));
        Assert.DoesNotContain(blocks, block => block.IsEmpty);
        Assert.Equal(pcm, blocks.SelectMany(block => block.ToArray()));
    }

    [Fact]
    public async Task Speech_without_a_sound_is_no_failure()
    {
        _script.Play = line => line.EndAsync();

        Assert.Empty(await Speak().ToListAsync().AsTask().OrTimeout());
    }

    [Fact]
    public async Task A_slow_service_is_waited_for_as_long_as_it_goes_on()
    {
        var parts = new SemaphoreSlim(0);
        _script.Play = async line =>
        {
            for (var i = 0; i < 5; i++)
            {
                await parts.WaitAsync(line.Token);
                await line.AudioAsync(Pcm(i, 480));
            }

            await line.EndAsync();
        };
        await using var blocks = Speak().GetAsyncEnumerator();
        var heard = 0;
        for (var i = 0; Service.Streams && i < 4; i++)
        {
            var next = blocks.MoveNextAsync().AsTask();
            await Deadline.Until(() => Task.FromResult(!_server.Requests.IsEmpty));
            _time.Advance(Limit * 0.8);
            parts.Release();
            Assert.True(await next.OrTimeout());
            heard += blocks.Current.Length;
        }

        parts.Release(5);
        while (await blocks.MoveNextAsync().AsTask().OrTimeout())
        {
            heard += blocks.Current.Length;
        }

        Assert.Equal(5 * 480, heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_that_falls_silent_is_given_up(bool midway)
    {
        _script.Play = async line =>
        {
            if (midway)
            {
                await line.AudioAsync(Pcm(1, 480));
            }

            await line.ForeverAsync();
        };
        var failing = FailAsync();
        await Deadline.Until(() =>
        {
            _time.Advance(Limit);
            return Task.FromResult(failing.IsCompleted);
        });

        Assert.Equal("provider_unavailable", (await failing).Code);
        await AllGoneAsync();
    }

    [Fact]
    public async Task What_is_no_answer_of_the_service_is_a_failure()
    {
        _script.Play = line => line.GarbageAsync();

        Assert.Equal("provider_failed", (await FailAsync()).Code);
        await AllGoneAsync();
    }

    [Theory]
    [InlineData(400, "provider_rejected")]
    [InlineData(401, "provider_unavailable")]
    [InlineData(403, "provider_unavailable")]
    [InlineData(404, "provider_rejected")]
    [InlineData(500, "provider_failed")]
    [InlineData(503, "provider_unavailable")]
    public async Task An_error_of_the_service_is_told_in_our_terms(int status, string code)
    {
        _script.Status = status;

        Assert.Equal(code, (await FailAsync()).Code);
        await AllGoneAsync();
    }

    [Fact]
    public async Task A_service_that_limits_its_rate_says_when_to_come_back()
    {
        (_script.Status, _script.RetryAfter) = (StatusCodes.Status429TooManyRequests, "7");

        var failure = await FailAsync();
        Assert.Equal(("provider_unavailable", TimeSpan.FromSeconds(7)), (failure.Code, failure.RetryAfter));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_off_is_a_failure_and_no_silent_end(bool midway)
    {
        _script.Play = async line =>
        {
            if (midway)
            {
                await line.AudioAsync(Pcm(1, 480));
            }

            line.Cut();
        };

        Assert.Contains((await FailAsync()).Code, (string[])["provider_failed", "provider_unavailable"]);
        await AllGoneAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_cancels_is_let_go_at_once_and_the_service_is_told(bool midway)
    {
        midway &= Service.Streams;
        _script.Play = async line =>
        {
            if (midway)
            {
                await line.AudioAsync(Pcm(1, 480));
            }

            await line.ForeverAsync();
        };
        using var cancel = new CancellationTokenSource();
        await using (var blocks = Speak(cancellationToken: cancel.Token).GetAsyncEnumerator(cancel.Token))
        {
            if (midway)
            {
                Assert.True(await blocks.MoveNextAsync().AsTask().OrTimeout());
            }

            var next = blocks.MoveNextAsync().AsTask();
            await Deadline.Until(() => Task.FromResult(!_server.Requests.IsEmpty));
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.OrTimeout());
        }

        await AllGoneAsync();
    }

    [Fact]
    public async Task Who_stops_listening_leaves_nothing_open()
    {
        if (!Service.Streams)
        {
            return;
        }

        _script.Play = async line =>
        {
            await line.AudioAsync(Pcm(1, 480));
            await line.ForeverAsync();
        };
        await foreach (var _ in Speak())
        {
            break;
        }

        await AllGoneAsync();
    }

    private protected ProviderServer Server => _server;

    private protected ManualTimeProvider Time => _time;

    /// <summary>What the service is asked for this.</summary>
    private protected async Task<ProviderRequest> AskAsync(SpeechRequest request)
    {
        await Speak(request).ToListAsync().AsTask().OrTimeout();
        return Assert.Single(_server.Requests);
    }

    private static byte[] Pcm(int seed, int length)
    {
        var pcm = new byte[length];
        new Random(seed).NextBytes(pcm);
        return pcm;
    }

    private protected IAsyncEnumerable<ReadOnlyMemory<byte>> Speak(SpeechRequest? request = null, CancellationToken cancellationToken = default) =>
        _provider.Synthesizer!.SynthesizeAsync(request ?? new SpeechRequest(Text, "en-US"), cancellationToken);

    private async Task<ProviderException> FailAsync(SpeechRequest? request = null)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(async () => await Speak(request).ToListAsync().AsTask().OrTimeout());
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            Assert.DoesNotContain(ISpeechService.Key, cause.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(request?.Text ?? Text, cause.Message, StringComparison.Ordinal);
        }

        return failure;
    }

    /// <summary>No request and no socket is left; one that waits for the next request may wait its time out.</summary>
    private Task AllGoneAsync() => Deadline.Until(() =>
    {
        _time.Advance(TimeSpan.FromMinutes(1));
        return Task.FromResult(_server.Open == 0);
    });
}
