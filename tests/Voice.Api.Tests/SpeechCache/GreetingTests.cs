using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.SpeechCache;
using Voice.Api.Tests.Realtime;
using Voice.Api.Tests.Support;
using Voice.Core.Providers;
using Voice.Core.Text;

namespace Voice.Api.Tests.SpeechCache;

public sealed class GreetingTests : IAsyncLifetime
{
    private const string Greeting = "Hello, this is Maple Street Family Clinic. How can I help you?";

    private readonly RealtimeHost _host = new() { Settings = [("SpeechCache:Enabled", "true")] };

    public Task InitializeAsync() => _host.InitializeAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_greeting_is_ready_before_the_first_session_and_needs_no_synthesis()
    {
        await Deadline.Until(() => Task.FromResult(_host.Api.Services.GetRequiredService<SpeechMemory>()
            .TryGet(SpeechKey.For(new SpeechRequest(SpokenText.Clauses(Greeting, "en")[^1], "en")), out _)));
        _host.Inference.Speech = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };

        await using var client = await _host.BeginAsync("?agent=receptionist&greet=true");
        var done = await client.UntilAsync("response.done");

        Assert.Equal("completed", done.GetProperty("response").GetProperty("status").GetString());
        Assert.Contains("response.output_audio.delta", client.Types);
        await CleanAsync();
    }

    /// <summary>Redis is shared with tests that expect nothing there.</summary>
    private async Task CleanAsync()
    {
        foreach (var clause in SpokenText.Clauses(Greeting, "en"))
        {
            await _host.Api.Redis.KeyDeleteAsync(SpeechKey.For(new SpeechRequest(clause, "en")));
        }
    }
}
