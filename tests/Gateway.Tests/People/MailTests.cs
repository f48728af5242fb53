using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Voice.Gateway.Mail;
using Voice.Gateway.Routing;

namespace Gateway.Tests.People;

public sealed partial class MailTests
{
    [Fact]
    public async Task With_a_mail_server_mails_leave_are_tried_again_and_are_not_kept()
    {
        await using var server = new FakeMailServer { Refusals = 2 };
        var gateway = new GatewayHost
        {
            Settings =
            {
                ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{server.Port}", ["Mail:UseTls"] = "false", ["Mail:From"] = "voice@example.com",
                ["Mail:PublicUrl"] = "https://voice.example.com/",
            },
        };
        await gateway.InitializeAsync();
        using var client = gateway.Anonymous();
        // What a request calls us is nothing that a link may be made of.
        client.DefaultRequestHeaders.Host = "evil.example";
        await client.PostAsync("/api/v1/auth/sign-up", new { email = "ada@example.com", password = PeopleSteps.Password });
        await WaitForAsync(gateway, "attempts = 1 and last_error is not null");
        Assert.Empty(server.Taken);
        await PassingTimeAsync(gateway, () => Task.FromResult(!server.Taken.IsEmpty));

        var (recipient, message) = server.Taken.Single();
        Assert.Equal("ada@example.com", recipient);
        Assert.Matches("(?m)^From: voice@example.com", message);
        Assert.Matches("(?m)^Subject: Finish your sign-up", message);
        Assert.Equal(["text/plain", "text/html"], ContentTypes().Matches(message).Select(m => m.Groups[1].Value).Where(t => t != "multipart/alternative"));
        var link = Link().Match(Decoded(message)).Value;
        Assert.StartsWith("https://voice.example.com/sign-up/verify#", link, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", Decoded(message), StringComparison.Ordinal);
        await WaitForAsync(gateway, "state = 'sent' and body is null and attempts = 3");
        using var verified = await client.PostAsync("/api/v1/auth/sign-up/verify", new { token = link.Split('#')[1], password = PeopleSteps.Password });
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_gateway_that_dies_before_it_writes_a_mail_leaves_it_to_the_next()
    {
        var gateway = new GatewayHost();
        await gateway.InitializeAsync();
        await gateway.Database.ExecuteAsync(
            "insert into identity.mails (id, kind, recipient, language, created_at, next_try_at) values ('mail_1', 'password_reset', 'admin@localhost', 'en', now(), now())");
        await PassingTimeAsync(gateway, async () => await gateway.Database.ScalarAsync<string>("select state from identity.mails where id = 'mail_1'") == "kept");
        await gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("Mail:From", null)]
    [InlineData("Mail:From", "nobody")]
    [InlineData("Mail:PublicUrl", null)]
    public async Task A_mail_server_without_what_mails_need_stops_the_start_and_names_the_key(string key, string? value)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var factory = GatewayHost.CreateFactory(database, RouteTable.Services.ToDictionary(s => s, _ => "http://127.0.0.1:9"), TimeProvider.System)
            .With("Mail:Host", "localhost").With("Mail:From", "voice@example.com").With("Mail:PublicUrl", "https://voice.example.com").With(key, value);
        Assert.Contains(key.Split(':')[1], Assert.ThrowsAny<Exception>(factory.StartServer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_mail_is_written_in_every_language()
    {
        var kinds = typeof(MailKind).GetFields().Select(f => (string)f.GetRawConstantValue()!);
        Assert.Equal(kinds.SelectMany(k => new[] { (k, "en"), (k, "es"), (k, "ko") }).Order(), MailWords.Known.Order());
        foreach (var (kind, language) in MailWords.Known)
        {
            var content = MailTemplates.Write(kind, language, "/x#t", "<b>Clinic</b>\r\nBcc: x@y.z", "ada@example.com", "things").At("https://voice.example.com");
            Assert.DoesNotContain('\n', content.Subject);
            Assert.Contains("https://voice.example.com/x#t", content.Text, StringComparison.Ordinal);
            Assert.Contains("href=\"https://voice.example.com/x#t\"", content.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b>", content.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("{0}", content.Text + content.Subject, StringComparison.Ordinal);
        }
    }

    private static Task WaitForAsync(GatewayHost gateway, string condition) => Deadline.Until(async () =>
        await gateway.Database.ScalarAsync<long>($"select count(*) from identity.mails where {condition}") == 1);

    private static Task PassingTimeAsync(GatewayHost gateway, Func<Task<bool>> until) => Deadline.Until(async () =>
    {
        gateway.Time.Advance(MailPump.FirstPause);
        return await until();
    });

    /// <summary>Bodies are base64 or quoted-printable, as the client pleases.</summary>
    private static string Decoded(string message) => string.Concat(message.Split("\n\n").Select(part =>
    {
        var text = part.Split("\n--")[0].Replace("\n", "", StringComparison.Ordinal);
        return Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length > 0
            ? Encoding.UTF8.GetString(Convert.FromBase64String(text))
            : part.Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
    }));

    [GeneratedRegex("(?im)^Content-Type: ([a-z]+/[a-z]+)")]
    private static partial Regex ContentTypes();

    [GeneratedRegex("https://[^\\s\"<]+#[A-Za-z0-9_-]{43}")]
    private static partial Regex Link();
}
