using Microsoft.Extensions.Options;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Http;

public sealed class StartUpTests
{
    [Theory]
    [InlineData("Sessions:HeartbeatInterval", "00:00:00")]
    [InlineData("Sessions:TurnBuffer", "0")]
    [InlineData("Inference:ConnectTimeout", "01:00:00")]
    [InlineData("Realtime:SessionLimit", "00:00:00")]
    [InlineData("Realtime:MaxSessions", "0")]
    public async Task A_setting_out_of_range_stops_the_start_and_is_named(string key, string value)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var factory = new ServiceFactory<Program>().WithDatabase(database)
            .With("services:inference-worker:http:0", "http://127.0.0.1:9")
            .With(key, value);
        await factory.WithCacheAsync();
        await factory.WithBlobsAsync();

        var failure = Assert.Throws<OptionsValidationException>(() => factory.Services);

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
        Assert.Contains("must be between", failure.Message, StringComparison.Ordinal);
    }
}
