using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Voice.Api.Sessions;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Sessions;

public sealed class SessionsApiTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    [Fact]
    public async Task A_session_is_read_with_its_turns_and_their_latency()
    {
        var id = await EndedAsync("org_read", DateTimeOffset.UnixEpoch.AddYears(50));
        using var client = api.CreateClient("org_read");

        var session = await client.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{id}").OrTimeout();

        Assert.Equal("ended", session.GetProperty("status").GetString());
        Assert.Equal("client_closed", session.GetProperty("end_reason").GetString());
        Assert.Equal("Clinic receptionist", session.GetProperty("agent_name").GetString());
        Assert.True(session.GetProperty("duration_seconds").GetDouble() > 0);
        Assert.Equal(1, session.GetProperty("turn_count").GetInt32());
        Assert.False(session.GetProperty("has_recording").GetBoolean());
        Assert.True(session.GetProperty("has_transcript").GetBoolean());
        var turn = session.GetProperty("turns")[0];
        Assert.Equal("what time do you open", turn.GetProperty("transcript").GetString());
        Assert.Equal(402, turn.GetProperty("latency_ms").GetProperty("endpointing").GetDouble());
    }

    [Fact]
    public async Task Pages_go_newest_first_without_gap_or_repetition_also_where_times_are_equal()
    {
        var start = DateTimeOffset.UnixEpoch.AddYears(50);
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            await using var journal = await api.OpenAsync("org_pages", start.AddSeconds(i / 2));
            ids.Add(journal.Session.Id);
        }

        using var client = api.CreateClient("org_pages");
        var seen = new List<string>();
        var url = "/api/v1/sessions?limit=2";
        for (var page = 0; page < 3; page++)
        {
            var body = await client.GetFromJsonAsync<JsonElement>(url).OrTimeout();
            seen.AddRange(body.GetProperty("data").EnumerateArray().Select(session => session.GetProperty("id").GetString()!));
            url = $"/api/v1/sessions?limit=2&cursor={body.GetProperty("next_cursor").GetString()}";
        }

        Assert.Equal(ids.Order(), seen.Order());
        Assert.EndsWith("cursor=", url, StringComparison.Ordinal);
        Assert.Equal(ids[4], seen[0]);
    }

    [Fact]
    public async Task Another_organizations_session_is_not_found_under_any_address()
    {
        var id = await EndedAsync("org_mine", TimeProvider.System.GetUtcNow());
        using var stranger = api.CreateClient("org_stranger");

        foreach (var path in new[] { "", "/recording", "/transcript" })
        {
            using var response = await stranger.GetAsync($"/api/v1/sessions/{id}{path}").OrTimeout();
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("session_not_found", await response.CodeAsync());
        }

        var list = await stranger.GetFromJsonAsync<JsonElement>("/api/v1/sessions").OrTimeout();
        Assert.Equal(0, list.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("?cursor=", "invalid_cursor")]
    [InlineData("?cursor=abc", "invalid_cursor")]
    [InlineData("?cursor=%2B%2B%2B%2B%2B%2B%2B%2B%2B%2B%2B%2B%2B%2B%2B%2B", "invalid_cursor")]
    [InlineData("?cursor=__________________8AAAAA", "invalid_cursor")]
    [InlineData("?limit=0", "invalid_limit")]
    [InlineData("?limit=101", "invalid_limit")]
    [InlineData("?limit=many", "invalid_request")]
    public async Task A_bad_page_is_refused_with_a_reason(string query, string code)
    {
        using var client = api.CreateClient();
        using var response = await client.GetAsync($"/api/v1/sessions{query}").OrTimeout();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, await response.CodeAsync());
    }

    [Fact]
    public async Task A_cursor_of_any_size_is_refused_not_failed_on()
    {
        using var client = api.CreateClient();
        using var response = await client.GetAsync($"/api/v1/sessions?cursor={new string('A', 5000)}").OrTimeout();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/sessions")]
    [InlineData("/api/v1/sessions/sess_1")]
    [InlineData("/api/v1/sessions/sess_1/recording")]
    [InlineData("/api/v1/sessions/sess_1/transcript")]
    [InlineData("/api/v1/agents")]
    [InlineData("/api/v1/openapi.json")]
    public async Task Nothing_is_open_without_a_credential(string path)
    {
        using var client = api.CreateAnonymousClient();
        using var response = await client.GetAsync(path).OrTimeout();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_transcript_is_there_once_the_conversation_has_ended()
    {
        await using var journal = await api.OpenAsync();
        using var client = api.CreateClient();
        using (var early = await client.GetAsync($"/api/v1/sessions/{journal.Session.Id}/transcript").OrTimeout())
        {
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
            Assert.Equal("transcript_not_found", await early.CodeAsync());
        }

        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();
        using var response = await client.GetAsync($"/api/v1/sessions/{journal.Session.Id}/transcript").OrTimeout();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var document = await response.Content.ReadFromJsonAsync<JsonElement>().OrTimeout();
        Assert.Equal(journal.Session.Id, document.GetProperty("session").GetProperty("id").GetString());

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/sessions/{journal.Session.Id}/transcript");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await client.SendAsync(again).OrTimeout();
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    private async Task<string> EndedAsync(string organizationId, DateTimeOffset startedAt)
    {
        await using var journal = await api.OpenAsync(organizationId, startedAt);
        journal.CompleteTurn(VoiceApi.Turn(1));
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();
        return journal.Session.Id;
    }
}
