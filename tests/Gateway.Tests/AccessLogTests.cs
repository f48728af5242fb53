using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests;

public sealed class AccessLogTests
{
    [Fact]
    public async Task A_request_leaves_one_line_that_says_whose_it_was_and_nothing_of_what_it_asked_for()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = await FakeServices.StartAsync();
        using var logs = new LogCollector();
        await using var factory = GatewayHost.CreateFactory(database, services.Addresses, TimeProvider.System);
        factory.With(collection => collection.AddLogging(logging => logging.AddProvider(logs)));
        await factory.WithCacheAsync();
        factory.StartServer();
        using var client = new HttpClient { BaseAddress = factory.ClientOptions.BaseAddress };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {GatewayHost.ApiKey}");

        using var response = await client.GetAsync("/api/v1/sessions/sess_secret?signature=verysecret&q=whattheysaid");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var length = (await response.Content.ReadAsByteArrayAsync()).Length;

        await Deadline.Until(() => Task.FromResult(logs.Messages.Any(line => line.Contains("GET /api/v1/sessions/{**rest} 200 in", StringComparison.Ordinal))));
        var line = Assert.Single(logs.Messages, line => line.Contains("/api/v1/sessions/", StringComparison.Ordinal));
        Assert.Contains($"{length} out, of key_", line, StringComparison.Ordinal);
        Assert.Contains("in org_default from 127.0.0.1", line.Replace("::ffff:", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Messages, each => each.Contains("verysecret", StringComparison.Ordinal) || each.Contains("sess_secret", StringComparison.Ordinal) || each.Contains("whattheysaid", StringComparison.Ordinal));
    }
}
