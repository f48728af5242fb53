using System.Net;
using System.Text.Json;

namespace Voice.Export.Tests;

public sealed class ExportTests
{
    [Fact]
    public async Task An_ended_session_is_exported_with_transcript_and_summary()
    {
        await using var service = await ExportService.StartAsync();
        await service.PutTranscriptAsync(service.Transcript());
        await service.PublishAsync(service.Started());
        await service.PublishAsync(service.Ended());
        await service.HandledAsync();

        var export = await service.ReadExportAsync();

        Assert.Equal(
            ["schema", "id", "kind", "session_id", "organization_id", "created_at", "updated_at", "summary", "interventions", "transcript"],
            Names(export));
        Assert.Equal(("voiceaspire.export.v1", "session_summary"), (export.GetProperty("schema").GetString(), export.GetProperty("kind").GetString()));
        Assert.Equal("clinic", export.GetProperty("transcript").GetProperty("turns")[0].GetProperty("transcript").GetString()!.Split(' ')[^1]);
        var summary = export.GetProperty("summary");
        Assert.Equal(
            ["method", "language", "text", "sentences", "topics", "open_questions", "counts", "duration_seconds", "average_confidence", "median_voice_to_voice_ms"],
            Names(summary));
        Assert.Equal("extractive", summary.GetProperty("method").GetString());
        Assert.Contains("opening hours", summary.GetProperty("text").GetString());
        Assert.Contains("clinic", summary.GetProperty("topics").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal("can i bring my dog to the clinic", Assert.Single(summary.GetProperty("open_questions").EnumerateArray()).GetString());
        Assert.Equal("""{"turns":2,"user_words":20,"assistant_words":14,"user_questions":2}""", summary.GetProperty("counts").GetRawText());
        Assert.Equal((120, 0.7, 510), (summary.GetProperty("duration_seconds").GetDouble(), summary.GetProperty("average_confidence").GetDouble(), summary.GetProperty("median_voice_to_voice_ms").GetDouble()));
    }

    [Fact]
    public async Task A_transcript_that_comes_late_is_waited_for()
    {
        await using var service = await ExportService.StartAsync();
        await service.PublishAsync(service.Ended());
        await Deadline.Until(async () => await service.Database.ScalarAsync<int>("select max(attempt) from messaging.deliveries where subscription = 'export'") > 1);
        Assert.Equal((0, false), (await service.CountAsync(), await service.ExportExistsAsync()));

        await service.PutTranscriptAsync(service.Transcript());
        await service.HandledAsync();

        Assert.Equal((1, true), (await service.CountAsync(), await service.ExportExistsAsync()));
    }

    [Fact]
    public async Task A_message_delivered_twice_exports_once()
    {
        await using var service = await ExportService.StartAsync();
        await service.PutTranscriptAsync(service.Transcript());
        var id = await service.PublishAsync(service.Ended());
        await service.HandledAsync();
        var first = await service.ReadExportAsync();

        await service.PublishAsync(service.Ended(), id);
        await service.HandledAsync();
        Assert.Equal(first.GetRawText(), (await service.ReadExportAsync()).GetRawText());

        // Under another message id, as after a publisher that lost its memory: the same export, written again.
        await service.PublishAsync(service.Ended());
        await service.HandledAsync();

        Assert.Equal(1, await service.CountAsync());
        Assert.Equal(first.GetProperty("id").GetString(), (await service.ReadExportAsync()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Interventions_are_part_of_the_export_whether_they_come_before_the_end_or_after(bool before)
    {
        await using var service = await ExportService.StartAsync();
        await service.PutTranscriptAsync(service.Transcript());
        await service.PublishAsync(before ? service.Raised() : service.Ended());
        await service.HandledAsync();
        await service.PublishAsync(before ? service.Ended() : service.Raised());
        await service.HandledAsync();

        var intervention = Assert.Single((await service.ReadExportAsync()).GetProperty("interventions").EnumerateArray());

        Assert.Equal(["id", "turn_id", "category", "severity", "language", "matched_layer", "message", "occurred_at"], Names(intervention));
        Assert.Equal(("turn_2", "crisis"), (intervention.GetProperty("turn_id").GetString(), intervention.GetProperty("severity").GetString()));
    }

    [Fact]
    public async Task A_transcript_of_another_session_is_not_exported()
    {
        await using var service = await ExportService.StartAsync();
        var transcript = service.Transcript();
        transcript["session"]!["organization_id"] = "org_b";
        await service.PutTranscriptAsync(transcript);
        await service.PublishAsync(service.Ended());
        await Deadline.Until(async () => await service.Database.ScalarAsync<int>("select max(attempt) from messaging.deliveries where subscription = 'export'") > 1);

        Assert.Equal((0, false), (await service.CountAsync(), await service.ExportExistsAsync()));
    }

    [Fact]
    public async Task The_list_is_the_organizations_own()
    {
        await using var service = await ExportService.StartAsync();
        await service.PutTranscriptAsync(service.Transcript());
        await service.PublishAsync(service.Started());
        await service.HandledAsync();
        var address = $"/api/v1/sessions/{service.SessionId}/exports";
        Assert.Equal("""{"data":[]}""", await service.Client().GetStringAsync(address).OrTimeout());

        await service.PublishAsync(service.Ended());
        await service.HandledAsync();
        var own = JsonSerializer.Deserialize<JsonElement>(await service.Client().GetStringAsync(address).OrTimeout());
        using var others = await service.Client("org_b").GetAsync(address).OrTimeout();
        using var unknown = await service.Client().GetAsync("/api/v1/sessions/sess_unknown/exports").OrTimeout();

        var item = Assert.Single(own.GetProperty("data").EnumerateArray());
        Assert.Equal(["id", "kind", "blob", "created_at", "updated_at", "summary"], Names(item));
        Assert.Equal(service.ExportBlob, item.GetProperty("blob").GetString());
        Assert.Equal("extractive", item.GetProperty("summary").GetProperty("method").GetString());
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (others.StatusCode, unknown.StatusCode));
        Assert.Equal("application/problem+json", others.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Without_a_credential_there_is_no_answer()
    {
        await using var service = await ExportService.StartAsync();
        using var client = service.Client();
        client.DefaultRequestHeaders.Authorization = null;

        using var response = await client.GetAsync($"/api/v1/sessions/{service.SessionId}/exports").OrTimeout();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
