using System.Net;
using System.Net.Http.Headers;

namespace Gateway.Tests;

/// <summary>Limits with a window of a day: what is refilled while a test runs is less than one.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task A_limit_is_exact_for_fifty_parallel_clients_over_two_gateways()
    {
        const int Limit = 400;
        await using var host = await LimitsHost.StartAsync(new() { ["Key:Permits"] = $"{Limit}", ["Key:Window"] = "1.00:00:00" }, gateways: 2);
        using HttpClient first = host.Client(0), second = host.Client(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            var seen = new List<HttpStatusCode>();
            for (var n = 0; n < 20; n++)
            {
                using var response = await ((i + n) % 2 == 0 ? first : second).GetAsync("/api/v1/agents");
                seen.Add(response.StatusCode);
            }

            return seen;
        })).OrTimeout();

        var counts = answers.SelectMany(codes => codes).CountBy(code => code).ToDictionary();
        Assert.Equal((Limit, 1000 - Limit), (counts[HttpStatusCode.OK], counts[HttpStatusCode.TooManyRequests]));
    }

    [Fact]
    public async Task A_refusal_says_until_when_in_the_form_of_its_api_and_what_the_limits_are()
    {
        await using var host = await LimitsHost.StartAsync(new() { ["Key:Permits"] = "2", ["Key:Window"] = "00:01:40" });
        using var client = host.Client();
        using (var response = await client.GetAsync("/v1/models"))
        {
            Assert.Equal("\"key\";q=2;w=100, \"organization\";q=60000;w=60, \"address\";q=12000;w=60", response.Headers.GetValues("RateLimit-Policy").Single());
            Assert.Equal("\"key\";r=1;t=50", response.Headers.GetValues("RateLimit").Single());
        }

        (await client.GetAsync("/v1/models")).Dispose();
        foreach (var path in new[] { "/v1/models", "/api/v1/agents" })
        {
            using var refused = await client.GetAsync(path);
            await HttpAssert.IsErrorAsync(refused, HttpStatusCode.TooManyRequests, "rate_limit_exceeded");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 50);
            Assert.Equal(0, LimitsHost.Remaining(refused, "key"));
        }

        Assert.Equal(2, host.Services.Seen.Count);
    }

    [Fact]
    public async Task No_spelling_of_a_path_and_no_header_about_the_address_escapes_a_limit()
    {
        await using var host = await LimitsHost.StartAsync(new() { ["Address:Permits"] = "3", ["Address:Window"] = "1.00:00:00" });
        using var client = host.Client();
        string[] spellings =
        [
            "/api/v1/agents", "/api/v1/agents/", "/API/V1/Agents", "/api/v1/agents?x=1", "/api//v1/agents", "/api/v1/%61gents", "/api/v1/./agents", "/api/v1/nothing", "/talk",
        ];
        for (var i = 0; i < 3 + spellings.Length; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, spellings[Math.Max(0, i - 3)]);
            foreach (var name in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP" })
            {
                request.Headers.TryAddWithoutValidation(name, name == "Forwarded" ? $"for=192.0.2.{i}" : $"192.0.2.{i}");
            }

            using var response = await client.SendAsync(request);
            Assert.True(i < 3 == (response.StatusCode != HttpStatusCode.TooManyRequests), $"{i} {request.RequestUri}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Wrong_credentials_and_none_count_against_the_address()
    {
        await using var host = await LimitsHost.StartAsync(new() { ["Address:Permits"] = "4", ["Address:Window"] = "1.00:00:00" });
        using HttpClient wrong = host.Client(key: "va_wrong"), none = host.Client(key: null);
        foreach (var client in new[] { wrong, none, wrong, none })
        {
            using var refused = await client.GetAsync("/api/v1/agents");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        wrong.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "va_another");
        using var limited = await wrong.GetAsync("/api/v1/agents");
        await HttpAssert.IsErrorAsync(limited, HttpStatusCode.TooManyRequests, "rate_limit_exceeded");
    }

    [Fact]
    public async Task Health_is_asked_for_without_limit()
    {
        await using var host = await LimitsHost.StartAsync(new() { ["Address:Permits"] = "1", ["Address:Window"] = "1.00:00:00" });
        using var client = host.Client(key: null);
        for (var i = 0; i < 3; i++)
        {
            using var response = await client.GetAsync("/alive");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_key_has_limits_of_its_own_where_it_was_given_some_and_another_organizations_key_is_not_there()
    {
        await using var host = await LimitsHost.StartAsync([]);
        using HttpClient client = host.Client(), owner = await host.SignedInAsync();
        var id = await host.Database.ScalarAsync<string>("select id from identity.api_keys");

        using (var set = await PutAsync(owner, $"/api/v1/limits/keys/{id}", """{"requests":{"permits":7,"window_seconds":86400},"concurrent_sessions":2}"""))
        {
            Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        }

        using (var next = await client.GetAsync("/api/v1/agents"))
        {
            Assert.Equal(6, LimitsHost.Remaining(next, "key"));
        }

        using (var own = await PutAsync(client, $"/api/v1/limits/keys/{id}", "{}"))
        {
            await HttpAssert.IsErrorAsync(own, HttpStatusCode.Forbidden, "insufficient_scope");
        }

        foreach (var (path, json, status, code) in new[]
        {
            ("key_other", "{}", HttpStatusCode.NotFound, "api_key_not_found"),
            (id, """{"requests":{"permits":0}}""", HttpStatusCode.BadRequest, "invalid_limits"),
            (id, """{"monthly":{"tokens":5}}""", HttpStatusCode.BadRequest, "invalid_limits"),
            (id, """{"nonsense":1}""", HttpStatusCode.BadRequest, "invalid_request"),
        })
        {
            using var refused = await PutAsync(owner, $"/api/v1/limits/keys/{path}", json);
            await HttpAssert.IsErrorAsync(refused, status, code);
        }

        using (var reset = await owner.DeleteAsync($"/api/v1/limits/keys/{id}"))
        {
            Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        }

        using (var next = await client.GetAsync("/api/v1/agents"))
        {
            Assert.StartsWith("\"key\";q=6000;", next.Headers.GetValues("RateLimit-Policy").Single());
        }

        Assert.Equal(
            "limits.reset limits.set",
            await host.Database.ScalarAsync<string>("select string_agg(action, ' ' order by action) from identity.audit_entries where target_kind = 'api_key' and action like 'limits%'"));
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string path, string json) =>
        client.PutAsync(path, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
}
