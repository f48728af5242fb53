using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Voice.Gateway.SecondFactor;

namespace Gateway.Tests.People;

/// <summary>What people do at the gateway, over the wire.</summary>
internal static partial class PeopleSteps
{
    public const string Password = "teal otter under bridges 42";

    public static Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, object body) => client.PostAsJsonAsync(path, body).OrTimeout();

    /// <summary>The owner of the installation, who alone reads mails.</summary>
    public static async Task<HttpClient> OwnerAsync(this GatewayHost gateway) => gateway.WithCookie(await gateway.CookieAsync("admin@localhost"));

    public static async Task<HttpClient> SignedInAsync(this GatewayHost gateway, string email, string password = GatewayHost.AdminPassword)
    {
        using var client = gateway.Anonymous();
        using var response = await client.PostAsync("/api/v1/auth/sign-in", new { email, password });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return gateway.WithCookie(CookieOf(response));
    }

    public static string CookieOf(HttpResponseMessage response, string name = "voice.session") =>
        response.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal)).Split(';')[0];

    /// <summary>Mails to an address as the outbox page shows them, the latest first; waits until there are as many.</summary>
    public static async Task<List<JsonElement>> MailsAsync(this GatewayHost gateway, string recipient, string kind, int count = 1)
    {
        using var owner = await gateway.OwnerAsync();
        var found = new List<JsonElement>();
        await Deadline.Until(async () =>
        {
            var page = await (await owner.GetAsync("/api/v1/outbox?limit=100")).JsonAsync();
            found = [.. page.GetProperty("data").EnumerateArray()
                .Where(m => m.GetProperty("recipient").GetString() == recipient && m.GetProperty("kind").GetString() == kind)];
            return found.Count >= count;
        });
        return found;
    }

    public static async Task<string> MailTextAsync(this GatewayHost gateway, string recipient, string kind, int count = 1)
    {
        using var owner = await gateway.OwnerAsync();
        var id = (await gateway.MailsAsync(recipient, kind, count))[0].GetProperty("id").GetString();
        return (await (await owner.GetAsync($"/api/v1/outbox/{id}")).JsonAsync()).GetProperty("text").GetString()!;
    }

    public static async Task<string> MailedTokenAsync(this GatewayHost gateway, string recipient, string kind, int count = 1) =>
        Token().Match(await gateway.MailTextAsync(recipient, kind, count)).Groups[1].Value;

    /// <summary>All the way from the form to a signed-in owner of a new organization.</summary>
    public static async Task<HttpClient> NewAccountAsync(this GatewayHost gateway, string email, string organization = "Clinic", string password = Password)
    {
        using var client = gateway.Anonymous();
        using var asked = await client.PostAsync("/api/v1/auth/sign-up", new { email, password, organization_name = organization });
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        using var verified = await client.PostAsync("/api/v1/auth/sign-up/verify", new { token = await gateway.MailedTokenAsync(email, "sign_up"), password });
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        return gateway.WithCookie(CookieOf(verified));
    }

    /// <summary>Sets up a second factor for who is signed in and proved it lately.</summary>
    public static async Task<(byte[] Secret, List<string> RecoveryCodes)> EnrolAsync(this GatewayHost gateway, HttpClient client)
    {
        using var begun = await client.PostAsync("/api/v1/account/second-factor", new { });
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var secret = Decode((await begun.JsonAsync()).GetProperty("secret").GetString()!);
        using var confirmed = await client.PostAsync("/api/v1/account/second-factor/confirm", new { code = gateway.Code(secret) });
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        var codes = (await confirmed.JsonAsync()).GetProperty("recovery_codes").EnumerateArray().Select(c => c.GetString()!).ToList();
        return (secret, codes);
    }

    public static string Code(this GatewayHost gateway, byte[] secret) => Totp.CodeAt(secret, Totp.StepAt(gateway.Time.GetUtcNow()));

    public static async Task<string> ChallengeAsync(this GatewayHost gateway, string email, string password)
    {
        using var client = gateway.Anonymous();
        using var response = await client.PostAsync("/api/v1/auth/sign-in", new { email, password });
        var answer = await response.JsonAsync();
        Assert.Equal("second_factor_required", answer.GetProperty("status").GetString());
        Assert.DoesNotContain(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("voice.session=", StringComparison.Ordinal));
        return answer.GetProperty("challenge").GetString()!;
    }

    public static async Task<string> UserIdAsync(this HttpClient client) => (await (await client.GetAsync("/api/v1/auth/me")).JsonAsync()).GetProperty("id").GetString()!;

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient client, string path = "/api/v1/auth/me")
    {
        using var response = await client.GetAsync(path).OrTimeout();
        return response.StatusCode;
    }

    // Not with the code that encodes.
    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => byte.Parse(bits.AsSpan(i * 8, 8), NumberStyles.BinaryNumber, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex("#([A-Za-z0-9_-]{43})")]
    private static partial Regex Token();
}
