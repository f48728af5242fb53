using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

public sealed class SessionReplayTests : IAsyncLifetime
{
    private readonly RealtimeHost _host = new() { Settings = [("Realtime:SessionLog", "true")] };

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_session_is_replayed_as_it_was()
    {
        // Nobody speaks over an answer here: how much of it was heard then depends on pauses of the machine, of which a log knows nothing.
        var id = await ConverseAsync(speakTwice: false);
        var report = await ReplayAsync(id, "{}");

        Assert.True(report.GetProperty("identical").GetBoolean(), report.ToString());
        Assert.True(report.GetProperty("complete").GetBoolean());
        Assert.Equal(["when are you open", "and on sunday", "do you have parking"], Transcripts(report, "replayed"));
        Assert.Equal("recorded", report.GetProperty("model").GetString());
        Assert.Equal(1, report.GetProperty("recorded_version").GetInt32());
        Assert.True(JsonElement.DeepEquals(report, await ReplayAsync(id, "{}")));
    }

    [Fact]
    public async Task A_session_with_an_interruption_has_the_same_words_and_the_same_report_each_time()
    {
        var id = await ConverseAsync();
        var report = await ReplayAsync(id, "{}");

        Assert.All(report.GetProperty("turns").EnumerateArray(), turn => Assert.True(turn.GetProperty("same_transcript").GetBoolean(), report.ToString()));
        Assert.Equal(["when are you open", "and on sunday", "do you have parking"], Transcripts(report, "replayed"));
        Assert.True(JsonElement.DeepEquals(report, await ReplayAsync(id, "{}")));
    }

    [Fact]
    public async Task Another_version_of_the_agent_is_asked_anew_about_what_was_said()
    {
        var id = await ConverseAsync();
        await ChangeAgentAsync();
        using (var client = _host.Api.CreateClient())
        {
            Assert.Equal(2, (await client.GetFromJsonAsync<JsonElement>("/api/v1/agents/receptionist").OrTimeout()).GetProperty("version").GetInt32());
            Assert.Equal(1, (await client.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{id}").OrTimeout()).GetProperty("agent_version").GetInt32());
        }

        var asked = new List<string>();
        _host.ReplyWords = ["All ", "day."];
        var chat = _host.Inference.Chat;
        _host.Inference.Chat = async context =>
        {
            context.Request.EnableBuffering();
            asked.Add(await new StreamReader(context.Request.Body, leaveOpen: true).ReadToEndAsync());
            context.Request.Body.Position = 0;
            await chat(context);
        };
        var report = await ReplayAsync(id, """{"agent_version":2}""");

        Assert.Equal("live", report.GetProperty("model").GetString());
        Assert.False(report.GetProperty("identical").GetBoolean());
        Assert.Equal(["when are you open", "and on sunday", "do you have parking"], Transcripts(report, "replayed"));
        // The client spoke over the answers before, as it did then: of those nobody heard it all.
        var replies = report.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty("replayed").GetProperty("reply").GetString()!).ToList();
        Assert.All(replies, reply => Assert.StartsWith(reply, "All day.", StringComparison.Ordinal));
        Assert.Equal("All day.", replies[^1]);
        Assert.All(report.GetProperty("turns").EnumerateArray(), turn => Assert.True(turn.GetProperty("same_transcript").GetBoolean()));
        Assert.NotEmpty(asked);
        Assert.All(asked, body => Assert.Contains("Be long.", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_is_there_for_its_organization_and_for_nobody_else()
    {
        var id = await ConverseAsync();
        using var client = _host.Api.CreateClient();
        using var log = await client.GetAsync($"/api/v1/sessions/{id}/log").OrTimeout();
        Assert.Equal("application/vnd.voiceaspire.session-log", log.Content.Headers.ContentType?.MediaType);
        Assert.InRange((await log.Content.ReadAsByteArrayAsync().OrTimeout()).Length, 2 * 48_000, 10_000_000);

        using var stranger = _host.Api.CreateClient("org_stranger");
        using var other = await stranger.GetAsync($"/api/v1/sessions/{id}/log").OrTimeout();
        using var replay = await stranger.PostAsync($"/api/v1/sessions/{id}/replays", Body("{}")).OrTimeout();
        Assert.Equal((HttpStatusCode.NotFound, "session_not_found"), (other.StatusCode, await other.CodeAsync()));
        Assert.Equal((HttpStatusCode.NotFound, "session_not_found"), (replay.StatusCode, await replay.CodeAsync()));
    }

    [Theory]
    [InlineData("""{"agent_version":9}""", HttpStatusCode.NotFound, "agent_version_not_found")]
    [InlineData("""{"agent_version":"newest"}""", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task What_cannot_be_replayed_is_refused_with_a_reason(string body, HttpStatusCode status, string code)
    {
        var id = await ConverseAsync();
        using var client = _host.Api.CreateClient();
        using var response = await client.PostAsync($"/api/v1/sessions/{id}/replays", Body(body)).OrTimeout();
        Assert.Equal((status, code), (response.StatusCode, await response.CodeAsync()));
    }

    [Fact]
    public async Task A_session_without_a_log_says_so()
    {
        await using var journal = await _host.Api.OpenAsync();
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();
        using var client = _host.Api.CreateClient();
        using var response = await client.PostAsync($"/api/v1/sessions/{journal.Session.Id}/replays", Body("{}")).OrTimeout();
        Assert.Equal((HttpStatusCode.NotFound, "session_log_not_found"), (response.StatusCode, await response.CodeAsync()));
    }

    private static StringContent Body(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static IEnumerable<string?> Transcripts(JsonElement report, string side) =>
        report.GetProperty("turns").EnumerateArray().Select(turn => turn.GetProperty(side).GetProperty("transcript").GetString());

    /// <summary>Three turns, recorded to the end: one spoken, one spoken over the answer to the first (or typed), one typed.</summary>
    private async Task<string> ConverseAsync(bool speakTwice = true)
    {
        _host.Transcripts.Enqueue("when are you open");
        _host.Transcripts.Enqueue("and on sunday");
        await using var client = await _host.BeginAsync();
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString()!;
        await client.SpeakAsync();
        await client.UntilAsync("voiceaspire.turn");
        if (speakTwice)
        {
            await client.SpeakAsync();
            await client.UntilAsync("voiceaspire.turn");
        }
        else
        {
            await TypeAsync(client, "and on sunday");
        }

        await TypeAsync(client, "do you have parking");
        await client.CloseAsync();
        await Deadline.Until(async () =>
        {
            await using var command = _host.Api.Database.DataSource.CreateCommand($"select turn_count from voice.sessions where id = '{id}' and status = 'ended'");
            return (int?)await command.ExecuteScalarAsync() == 3;
        });
        return id;
    }

    private static async Task TypeAsync(RealtimeClient client, string text)
    {
        await client.SendAsync($$$"""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"{{{text}}}"}]}}""");
        await client.SendAsync("""{"type":"response.create"}""");
        await client.UntilAsync("voiceaspire.turn");
    }

    private async Task<JsonElement> ReplayAsync(string id, string body)
    {
        using var client = _host.Api.CreateClient();
        using var response = await client.PostAsync($"/api/v1/sessions/{id}/replays", Body(body)).OrTimeout();
        var text = await response.Content.ReadAsStringAsync().OrTimeout();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task ChangeAgentAsync()
    {
        await using var command = _host.Api.Database.DataSource.CreateCommand(
            "update voice.agents set instructions = 'Be long.' where organization_id = 'org_default' and id = 'receptionist'");
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
