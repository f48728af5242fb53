using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.Tests.Support;
using Voice.ServiceDefaults.ClientSecrets;

namespace Voice.Api.Tests.Realtime;

public sealed class ClientSecretsApiTests : IClassFixture<RealtimeHost>
{
    private const string Path = "/v1/realtime/client_secrets";

    private readonly RealtimeHost _host;

    public ClientSecretsApiTests(RealtimeHost host)
    {
        _host = host;
        _host.Reset();
    }

    [Fact]
    public async Task A_secret_begins_a_session_as_it_was_asked_for()
    {
        var before = TimeProvider.System.GetUtcNow();
        var answer = await CreateAsync("""
            {"expires_after":{"anchor":"created_at","seconds":120},
             "session":{"type":"realtime","model":"gpt-realtime","instructions":"Be brief.","audio":{"output":{"format":{"type":"audio/pcmu"},"voice":"marin"}}},
             "voiceaspire":{"agent":"receptionist","origin":"https://Clinic.example","max_uses":2}}
            """);
        var value = answer.GetProperty("value").GetString()!;
        var hash = ClientSecret.Hash(value);
        await using var client = await _host.ConnectAsync("", TestIdentity.Token(kind: "client_secret"), hash);
        var session = (await client.UntilAsync("session.created")).GetProperty("session");

        Assert.StartsWith("ek_", value, StringComparison.Ordinal);
        Assert.InRange(answer.GetProperty("expires_at").GetInt64(), before.AddSeconds(119).ToUnixTimeSeconds(), before.AddSeconds(150).ToUnixTimeSeconds());
        foreach (var shown in (JsonElement[])[answer.GetProperty("session"), session])
        {
            Assert.Equal(("Be brief.", "receptionist"), (shown.GetProperty("instructions").GetString(), shown.GetProperty("model").GetString()));
            var output = shown.GetProperty("audio").GetProperty("output");
            Assert.Equal(("audio/pcmu", "marin"), (output.GetProperty("format").GetProperty("type").GetString(), output.GetProperty("voice").GetString()));
        }

        var stored = (await _host.Api.Redis.HashGetAllAsync($"client-secret:{hash}")).ToDictionary(field => (string)field.Name!, field => (string)field.Value!);
        Assert.Equal(("org_default", "receptionist", "https://clinic.example", "2"), (stored["org"], stored["agent"], stored["origin"], stored["uses"]));
        Assert.DoesNotContain(stored.Values, field => field.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_says_who_made_it_in_which_sign_in_and_holds_no_more_than_to_converse()
    {
        using var http = new HttpClient { BaseAddress = _host.Address }.As(subject: "user_maker");
        http.DefaultRequestHeaders.Add(ClientSecret.SignInHeader, "ses_maker");
        using var response = await http.PostAsync(Path, Json("""{"voiceaspire":{"agent":"receptionist"}}""")).OrTimeout();
        var hash = ClientSecret.Hash((await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("value").GetString()!);

        Assert.Equal(hash, Assert.Single(response.Headers.GetValues(ClientSecret.HashHeader)));
        var stored = (await _host.Api.Redis.HashGetAllAsync($"client-secret:{hash}")).ToDictionary(field => (string)field.Name!, field => (string)field.Value!);
        Assert.Equal(("user", "user_maker", "ses_maker", "sessions:write"), (stored["kind"], stored["subject"], stored["sign_in"], stored["scopes"]));
    }

    [Fact]
    public async Task Nobody_makes_a_secret_for_an_agent_that_is_kept_from_them()
    {
        await _host.Api.Database.AddAgentAsync("org_kept", "kept");
        await using (var command = _host.Api.Database.DataSource.CreateCommand(
            "insert into voice.agent_access (organization_id, agent_id, principal) values ('org_kept', 'kept', 'user:user_chosen') on conflict do nothing"))
        {
            await command.ExecuteNonQueryAsync();
        }

        using var member = new HttpClient { BaseAddress = _host.Address }.As("org_kept", "user_other");
        using var refused = await member.PostAsync(Path, Json("""{"voiceaspire":{"agent":"kept"}}""")).OrTimeout();
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var chosen = new HttpClient { BaseAddress = _host.Address }.As("org_kept", "user_chosen");
        using var granted = await chosen.PostAsync(Path, Json("""{"voiceaspire":{"agent":"kept"}}""")).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
    }

    [Fact]
    public async Task A_secret_for_transcription_needs_no_agent()
    {
        var answer = await CreateAsync("""{"session":{"type":"transcription","audio":{"input":{"transcription":{"language":"es"}}}}}""");
        await using var client = await _host.ConnectAsync("?intent=transcription", TestIdentity.Token(kind: "client_secret"), ClientSecret.Hash(answer.GetProperty("value").GetString()!));
        var session = (await client.UntilAsync("session.created")).GetProperty("session");

        Assert.Equal("transcription", answer.GetProperty("session").GetProperty("type").GetString());
        Assert.Equal("es", session.GetProperty("audio").GetProperty("input").GetProperty("transcription").GetProperty("language").GetString());
        await client.SpeakAsync();
        await client.UntilAsync("conversation.item.input_audio_transcription.completed");
        Assert.Equal("es", Assert.Single(_host.TranscriptionSessions).GetProperty("audio").GetProperty("input").GetProperty("transcription").GetProperty("language").GetString());
    }

    [Theory]
    [InlineData("{", 400, "invalid_json", null)]
    [InlineData("[]", 400, "invalid_value", "")]
    [InlineData("{}", 400, "agent_required", "voiceaspire.agent")]
    [InlineData("""{"voiceaspire":{"agent":"nobody"}}""", 404, "agent_not_found", "voiceaspire.agent")]
    [InlineData("""{"session":{"type":"realtime","model":"gpt-realtime"}}""", 404, "agent_not_found", "voiceaspire.agent")]
    [InlineData("""{"session":{"type":"realtime","audio":{"output":{"speed":9}}},"voiceaspire":{"agent":"receptionist"}}""", 400, "invalid_value", "session.audio.output.speed")]
    [InlineData("""{"session":{"type":"translation"}}""", 400, "agent_required", "voiceaspire.agent")]
    [InlineData("""{"session":{"type":"translation"},"voiceaspire":{"agent":"receptionist"}}""", 400, "invalid_value", "session.type")]
    [InlineData("""{"session":{"type":"transcription"},"voiceaspire":{"agent":"receptionist"}}""", 400, "invalid_value", "voiceaspire.agent")]
    [InlineData("""{"expires_after":{"seconds":9},"voiceaspire":{"agent":"receptionist"}}""", 400, "invalid_value", "expires_after.seconds")]
    [InlineData("""{"expires_after":{"seconds":7201},"voiceaspire":{"agent":"receptionist"}}""", 400, "invalid_value", "expires_after.seconds")]
    [InlineData("""{"voiceaspire":{"agent":"receptionist","origin":"https://clinic.example/page"}}""", 400, "invalid_value", "voiceaspire.origin")]
    [InlineData("""{"voiceaspire":{"agent":"receptionist","max_uses":0}}""", 400, "invalid_value", "voiceaspire.max_uses")]
    [InlineData("""{"voiceaspire":{"agent":"receptionist","scope":"all"}}""", 400, "unknown_parameter", "voiceaspire.scope")]
    public async Task A_request_that_cannot_be_granted_says_why(string body, int status, string code, string? param)
    {
        using var http = new HttpClient { BaseAddress = _host.Address }.As();
        using var response = await http.PostAsync(Path, Json(body)).OrTimeout();
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");

        Assert.Equal((status, code, param), ((int)response.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Another_organizations_agent_is_not_for_granting()
    {
        await _host.Api.Database.AddAgentAsync("org_theirs", "theirs");
        using var http = new HttpClient { BaseAddress = _host.Address }.As("org_other");
        using var response = await http.PostAsync(Path, Json("""{"voiceaspire":{"agent":"theirs"}}""")).OrTimeout();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_secret_makes_no_secrets()
    {
        using var http = new HttpClient { BaseAddress = _host.Address }.As(kind: "client_secret");
        using var response = await http.PostAsync(Path, Json("""{"voiceaspire":{"agent":"receptionist"}}""")).OrTimeout();

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("org_default", "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("org_default", null)]
    [InlineData("org_other", "granted")]
    public async Task Without_its_grant_a_secret_begins_nothing(string organization, string? hash)
    {
        if (hash == "granted")
        {
            hash = ClientSecret.Hash((await CreateAsync("""{"voiceaspire":{"agent":"receptionist"}}""")).GetProperty("value").GetString()!);
        }

        await using var client = await _host.ConnectAsync("?agent=receptionist", TestIdentity.Token(organization, kind: "client_secret"), hash);

        Assert.Equal("invalid_client_secret", (await client.ErrorAsync()).GetProperty("code").GetString());
        await client.UntilClosedAsync();
    }

    [Fact]
    public async Task The_grant_goes_away_by_itself()
    {
        var hash = ClientSecret.Hash((await CreateAsync("""{"voiceaspire":{"agent":"receptionist"}}""")).GetProperty("value").GetString()!);
        var left = await _host.Api.Redis.KeyTimeToLiveAsync($"client-secret:{hash}");

        Assert.InRange(left ?? TimeSpan.Zero, TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(67));
    }

    private async Task<JsonElement> CreateAsync(string body)
    {
        using var http = new HttpClient { BaseAddress = _host.Address }.As();
        using var response = await http.PostAsync(Path, Json(body)).OrTimeout();
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.True(response.Headers.CacheControl?.NoStore);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
