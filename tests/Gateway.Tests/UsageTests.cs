using System.Globalization;
using System.Net;
using System.Text;
using Voice.Gateway.Limits;
using Voice.Gateway.Mail;
using Voice.ServiceDefaults.Messaging.Contracts;
using Voice.ServiceDefaults.Usage;

namespace Gateway.Tests;

public sealed class UsageTests
{
    private static readonly string Today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_event_counts_once_by_day_key_and_kind_whatever_is_published_twice()
    {
        await using var host = await LimitsHost.StartAsync([], gateways: 2);
        using var client = host.Client();
        var day = new DateTimeOffset(2026, 3, 1, 23, 59, 59, TimeSpan.Zero);
        UsageRecorded[] events =
        [
            Event("a", "key_1", UsageKinds.Characters, 10, day), Event("b", "key_1", UsageKinds.Characters, 5, day),
            Event("c", "key_2", UsageKinds.Characters, 7, day), Event("d", "key_1", UsageKinds.AudioSeconds, 1.25m, day),
            Event("e", "key_1", UsageKinds.Characters, 3, day.AddSeconds(1)), Event("f", "key_1", UsageKinds.Tokens, 999, day) with { OrganizationId = "org_other" },
        ];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.PublishAsync(events)));
        await Deadline.Until(async () => await host.Database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'usage'") == 0);

        using var response = await client.GetAsync("/api/v1/usage?from=2026-03-01&to=2026-03-02");
        var report = await response.JsonAsync();
        Assert.Equal(
            ["2026-03-01 key_1 audio_seconds 1.25 1", "2026-03-01 key_1 characters 15 2", "2026-03-01 key_2 characters 7 1", "2026-03-02 key_1 characters 3 1"],
            report.GetProperty("data").EnumerateArray().Select(row => string.Join(
                ' ', row.GetProperty("day"), row.GetProperty("key"), row.GetProperty("kind"), row.GetProperty("quantity").GetDecimal().ToString("0.###", CultureInfo.InvariantCulture), row.GetProperty("events"))));
        Assert.Equal(25, report.GetProperty("total").GetProperty("characters").GetDecimal());
        Assert.Equal(0, report.GetProperty("total").GetProperty("tokens").GetDecimal());
    }

    [Theory]
    [InlineData("from=2026-03-02&to=2026-03-01", "invalid_range")]
    [InlineData("from=2020-01-01&to=2026-03-01", "invalid_range")]
    [InlineData("from=yesterday", "invalid_request")]
    [InlineData("kind=money", "invalid_kind")]
    public async Task A_range_that_makes_no_sense_is_refused(string query, string code)
    {
        await using var host = await LimitsHost.StartAsync([]);
        using var client = host.Client();
        using var response = await client.GetAsync($"/api/v1/usage?{query}");
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_quota_warns_at_four_fifths_and_stops_at_the_end_only_what_it_is_about()
    {
        await using var host = await LimitsHost.StartAsync([]);
        using var output = new StringWriter();
        Assert.Equal(0, await LimitsCommand.RunAsync(
            host.Gateways[0].Services, ["limits", "set", "org_default", """{"monthly":{"characters":100}}"""], output, CancellationToken.None));
        using var client = host.Client();

        await host.PublishAsync(Event("a", "key_1", UsageKinds.Characters, 79));
        await ActionsAsync(host, "");
        await host.PublishAsync(Event("b", "key_1", UsageKinds.Characters, 1));
        await ActionsAsync(host, "quota.warning");
        host.Get<LimitDirectory>().Forget("org_default");
        using (var warned = await SpeakAsync(client))
        {
            Assert.Equal(HttpStatusCode.OK, warned.StatusCode);
            Assert.Equal("characters;q=100;used=80", warned.Headers.GetValues(RequestLimits.QuotaWarningHeader).Single());
        }

        await host.PublishAsync(Event("c", "key_1", UsageKinds.Characters, 20), Event("d", "key_1", UsageKinds.Characters, 1));
        await ActionsAsync(host, "quota.reached quota.warning");
        host.Get<LimitDirectory>().Forget("org_default");
        using (var stopped = await SpeakAsync(client))
        {
            await HttpAssert.IsErrorAsync(stopped, HttpStatusCode.TooManyRequests, "insufficient_quota");
            Assert.InRange(stopped.Headers.RetryAfter!.Delta!.Value.TotalDays, 0, 31);
        }

        using var chat = await client.PostAsync("/v1/chat/completions", Json("{}"));
        Assert.Equal(HttpStatusCode.OK, chat.StatusCode);
        using var limits = await client.GetAsync("/api/v1/limits");
        var quota = (await limits.JsonAsync()).GetProperty("monthly").EnumerateArray().Single();
        Assert.Equal(("characters", 100, 101m), (quota.GetProperty("kind").GetString(), quota.GetProperty("quota").GetInt64(), quota.GetProperty("used").GetDecimal()));
    }

    [Fact]
    public async Task Owners_are_mailed_once_at_each_threshold_of_a_month_over_all_gateways()
    {
        await using var host = await LimitsHost.StartAsync([], gateways: 2);
        using var output = new StringWriter();
        Assert.Equal(0, await LimitsCommand.RunAsync(
            host.Gateways[0].Services, ["limits", "set", "org_default", """{"monthly":{"characters":1000}}"""], output, CancellationToken.None));
        await host.Database.ExecuteAsync(
            """
            insert into identity.users (id, email, password_hash, security_stamp, created_at, language)
            select 'user_' || name, name || '@example.com', 'x', 'x', now(), 'es' from unnest(array['second', 'member']) name;
            insert into identity.memberships (organization_id, user_id, role, created_at)
            values ('org_default', 'user_second', 'owner', now()), ('org_default', 'user_member', 'member', now());
            update identity.organizations set name = 'Maple Street' where id = 'org_default'
            """);

        await host.PublishAsync([.. Enumerable.Range(0, 16).Select(i => Event($"w{i}", "key_1", UsageKinds.Characters, 51))]);
        await ActionsAsync(host, "quota.warning");
        await MailsAsync(host, ["admin@localhost quota_warning", "second@example.com quota_warning"]);
        await host.PublishAsync([.. Enumerable.Range(0, 16).Select(i => Event($"r{i}", "key_1", UsageKinds.Characters, 51))]);
        await ActionsAsync(host, "quota.reached quota.warning");
        await MailsAsync(host, ["admin@localhost quota_reached", "admin@localhost quota_warning", "second@example.com quota_reached", "second@example.com quota_warning"]);

        await Deadline.Until(async () =>
        {
            host.Get<MailQueue>().Wake();
            return await host.Database.ScalarAsync<long>("select count(*) from identity.mails where state = 'kept'") == 4;
        });
        Assert.Equal("Maple Street has used 80 % of a quota", await host.Database.ScalarAsync<string>(
            "select subject from identity.mails where recipient = 'admin@localhost' and kind = 'quota_warning'"));
        Assert.Equal("Maple Street ha agotado una cuota", await host.Database.ScalarAsync<string>(
            "select subject from identity.mails where recipient = 'second@example.com' and kind = 'quota_reached'"));
    }

    private static async Task MailsAsync(LimitsHost host, string[] mails) => Assert.Equal(
        string.Join(", ", mails),
        await host.Database.ScalarAsync<string>("select string_agg(recipient || ' ' || kind, ', ' order by recipient, kind) from identity.mails"));

    [Fact]
    public async Task What_a_request_may_use_is_reserved_given_back_when_it_fails_and_settled_when_it_is_known()
    {
        await using var host = await LimitsHost.StartAsync(new() { ["Characters:Permits"] = "1000", ["Characters:Window"] = "1.00:00:00" });
        using var client = host.Client();
        using (var first = await SpeakAsync(client, 300))
        {
            Assert.Equal(700, LimitsHost.Remaining(first, "characters"));
            Assert.Equal("300", (await first.JsonAsync()).GetProperty("Headers").GetProperty("X-Voice-Reserved").GetString());
        }

        host.Services.Answers["/v1/audio/speech"] = context =>
        {
            context.Response.StatusCode = 400;
            return Task.CompletedTask;
        };
        (await SpeakAsync(client, 600)).Dispose();
        host.Services.Answers.Clear();
        using (var second = await SpeakAsync(client, 100))
        {
            Assert.Equal(600, LimitsHost.Remaining(second, "characters"));
        }

        // 40 of the 300 that were reserved; then one that used more than it had reserved, into debt.
        await host.PublishAsync(Event("a", "key_1", UsageKinds.Characters, 40) with { Reserved = 300 });
        await Deadline.Until(async () => await host.Database.ScalarAsync<long>("select count(*) from identity.usage_events") == 1);
        await RemainingIsAsync(host, client, 859);
        await host.PublishAsync(Event("b", "key_1", UsageKinds.Characters, 1200));
        await Deadline.Until(async () =>
        {
            using var refused = await SpeakAsync(client, 1);
            return refused.StatusCode == HttpStatusCode.TooManyRequests;
        });
    }

    private static async Task RemainingIsAsync(LimitsHost host, HttpClient client, long expected)
    {
        // Charged after the transaction: asked for with a request that costs one each time.
        long seen = 0, asked = 0;
        await Deadline.Until(async () =>
        {
            using var response = await SpeakAsync(client, 1);
            seen = LimitsHost.Remaining(response, "characters") + asked++;
            return seen == expected;
        });
        Assert.NotEmpty(host.Services.Seen);
    }

    private static async Task ActionsAsync(LimitsHost host, string actions)
    {
        await Deadline.Until(async () => await host.Database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'usage'") == 0);
        Assert.Equal(actions, await host.Database.ScalarAsync<string>("select coalesce(string_agg(action, ' ' order by action), '') from identity.audit_entries where action like 'quota%'"));
    }

    private static Task<HttpResponseMessage> SpeakAsync(HttpClient client, int length = 1) =>
        client.PostAsync("/v1/audio/speech", Json(new string('x', length)));

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static UsageRecorded Event(string id, string key, string kind, decimal quantity, DateTimeOffset? at = null) =>
        new($"use_{id}", "org_default", $"use_{id}:{kind}", key, kind, quantity, at ?? DateTimeOffset.Parse($"{Today}T00:00:00Z", CultureInfo.InvariantCulture), 0);
}
