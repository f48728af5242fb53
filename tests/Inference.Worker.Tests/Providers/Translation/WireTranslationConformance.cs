using Microsoft.AspNetCore.Http;
using Voice.Core.Providers;
using Voice.Inference.Providers;

namespace Voice.Inference.Tests.Providers.Translation;

/// <summary>What every translator that is a service's does.</summary>
public abstract class WireTranslationConformance : TranslationConformance
{
    protected const string Key = "secret-of-the-operator";

    /// <summary>No sentence of the phrasebook.</summary>
    protected const string Text = "The weather was very nice.";

    private readonly ProviderKit _kit = new();
    private Provider _provider = null!;

    private protected ProviderServer Server { get; private set; } = null!;

    private protected override ITranslator Translator => _provider.Translator!;

    private protected Provider Provider => _provider;

    private protected abstract string Kind { get; }

    private protected abstract void Configure(ProviderSettings settings);

    /// <summary>Answers with a translation as the service does.</summary>
    private protected abstract Task TranslateAsync(HttpContext context, string translation);

    public override async Task InitializeAsync()
    {
        Server = await ProviderServer.StartAsync();
        Server.Answer = context => TranslateAsync(context, "¿Dónde le duele?");
        _provider = Create(TimeSpan.FromSeconds(20));
    }

    public override async Task DisposeAsync()
    {
        await Deadline.Until(() => Task.FromResult(Server.Open == 0));
        await _kit.DisposeAsync();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task The_check_proves_address_and_key()
    {
        Server.Answer = context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        };

        Assert.Equal("provider_unavailable", (await Assert.ThrowsAsync<ProviderException>(() => Provider.CheckAsync(default)).OrTimeout()).Code);
    }

    [Theory]
    [InlineData(400, "provider_rejected")]
    [InlineData(401, "provider_unavailable")]
    [InlineData(429, "provider_unavailable")]
    [InlineData(500, "provider_failed")]
    [InlineData(503, "provider_unavailable")]
    public async Task A_refusal_is_told_by_its_status_once_and_without_key_and_text(int status, string code)
    {
        Server.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "7";
            return context.Response.WriteAsync("""{"error":{"code":400050,"message":"Too long."}}""");
        };

        var failure = await FailureAsync();

        Assert.Equal(code, failure.Code);
        Assert.DoesNotContain(Key, failure.ToString());
        Assert.DoesNotContain("weather", failure.ToString());
        Assert.Equal(status is 429 or 503 ? TimeSpan.FromSeconds(7) : null, failure.RetryAfter);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{\"translations\":[]}]")]
    [InlineData("<html>")]
    [InlineData("[{\"translations\":[{\"text\":\"\\ud800\"}]}]")]
    public async Task What_is_no_translation_is_a_failure(string body)
    {
        Server.Answer = context => context.Response.WriteAsync(body);

        Assert.Equal("provider_failed", (await FailureAsync()).Code);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_failure()
    {
        Server.Answer = async context =>
        {
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("[{");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };

        Assert.Contains((await FailureAsync()).Code, new[] { "provider_failed", "provider_unavailable" });
    }

    [Fact]
    public async Task Silence_is_a_failure_before_the_answer_and_within_it()
    {
        var impatient = Create(TimeSpan.FromMilliseconds(300)).Translator!;
        Server.Answer = UntilAbortedAsync;
        Assert.Equal("provider_unavailable", (await FailureAsync(impatient)).Code);

        Server.Answer = async context =>
        {
            await context.Response.WriteAsync(" ");
            await context.Response.Body.FlushAsync();
            await UntilAbortedAsync(context);
        };
        Assert.Equal("provider_unavailable", (await FailureAsync(impatient)).Code);
    }

    [Fact]
    public async Task Who_cancels_ends_the_request_at_the_service()
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        Server.Answer = async context =>
        {
            asked.SetResult();
            await UntilAbortedAsync(context);
        };

        var translation = Translator.TranslateAsync(Text, "en", "es", stop.Token).AsTask();
        await asked.Task.OrTimeout();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => translation).OrTimeout();
    }

    private protected Task<ProviderException> FailureAsync(ITranslator? translator = null, string text = Text) =>
        Assert.ThrowsAsync<ProviderException>(() => (translator ?? Translator).TranslateAsync(text, "en", "es", default).AsTask()).OrTimeout();

    private protected Provider Create(TimeSpan timeout)
    {
        var settings = new ProviderSettings { Kind = Kind, ApiKey = Key, Model = "theirs-1", Timeout = timeout };
        Configure(settings);
        return _kit.Create(Kind, settings);
    }

    private static async Task UntilAbortedAsync(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task.OrTimeout();
    }
}
