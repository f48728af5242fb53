using System.Net;
using System.Text.Json.Nodes;
using Voice.Core.Audio;

namespace Voice.Inference.Tests.Pipelines;

/// <summary>The examples that every organization has, with the embedded engines and speech of flite.</summary>
[Collection(PipelineCollection.Name)]
public sealed class SeedPipelineTests(PipelineService service)
{
    [Fact]
    public async Task An_organization_begins_with_four_examples_and_keeps_away_what_it_deletes()
    {
        using var client = service.NewOrganization();
        var list = await client.GetAsync("/api/v1/pipelines");
        Assert.Equal(
            ["call-quality-check", "interpreter-memo", "meeting-notes", "voice-assistant"], list["data"]!.AsArray().Select(pipeline => pipeline!["id"]!.GetValue<string>()));

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/pipelines/meeting-notes");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var deleted = await client.Http.SendAsync(request).OrTimeout();
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(3, (await client.GetAsync("/api/v1/pipelines"))["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_voice_assistant_answers_a_spoken_question_aloud()
    {
        using var client = service.NewOrganization();
        var run = await client.UntilAsync(await client.StartAsync("voice-assistant", await Spoken.ByFliteAsync("when are you open")));
        var outputs = run["outputs"]!;
        Assert.Contains("open", outputs["question"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Monday to Friday", outputs["answer"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("none", outputs["safety"]!["severity"]!.GetValue<string>());

        using var audio = await client.Http.GetAsync($"/api/v1/pipeline-files/{outputs["audio"]!["file"]}/content").OrTimeout();
        Assert.Equal("audio/wav", audio.Content.Headers.ContentType!.MediaType);
        var spoken = WavReader.Read(await audio.Content.ReadAsByteArrayAsync());
        Assert.True(spoken.Duration > TimeSpan.FromSeconds(2));
        Assert.Contains(spoken.Samples, sample => Math.Abs((int)sample) > 1_000);

        // Usage: what was heard, thought and said, once each.
        Assert.Equal(["audio_seconds", "characters", "tokens"], run["usage"]!.AsObject().Select(kind => kind.Key).Order());
        Assert.Equal(3, await service.Database.ScalarAsync<long>($"select count(*) from inference.published where body->>'session_id' = '{run["id"]}'"));

        // Another organization's file, run and pipeline are not there.
        using var stranger = service.NewOrganization();
        foreach (var path in new[] { $"pipeline-files/{outputs["audio"]!["file"]}/content", $"pipeline-runs/{run["id"]}", $"pipeline-runs/{run["id"]}/events" })
        {
            using var refused = await stranger.Http.GetAsync($"/api/v1/{path}").OrTimeout();
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Meeting_notes_have_a_summary_and_what_was_agreed()
    {
        using var client = service.NewOrganization();
        var run = await client.UntilAsync(await client.StartAsync("meeting-notes", await Spoken.ByFliteAsync("we need to schedule an appointment for tomorrow", "slt")));
        Assert.NotEqual("", run["outputs"]!["transcript"]!.GetValue<string>());
        Assert.NotEqual("", run["outputs"]!["summary"]!.GetValue<string>());
        Assert.Contains(run["outputs"]!["actions"]!.AsArray(), action => action!["kind"]!.GetValue<string>() == "appointment");
    }

    [Fact]
    public async Task An_interpreter_memo_comes_out_in_Spanish_and_spoken()
    {
        using var client = service.NewOrganization();
        var run = await client.UntilAsync(await client.StartAsync("interpreter-memo", await Spoken.ByFliteAsync("where does it hurt")));
        Assert.Equal("¿Dónde le duele?", run["outputs"]!["spanish"]!.GetValue<string>());
        Assert.True(run["outputs"]!["audio"]!["bytes"]!.GetValue<long>() > 20_000);
    }

    [Fact]
    public async Task A_call_quality_check_rings_the_alarm_where_somebody_is_angry_and_nowhere_else()
    {
        await using var sink = await HttpSink.StartAsync();
        using var client = service.NewOrganization();
        var alarm = new JsonObject { ["alarm_url"] = new Uri(sink.Address, "/alarm").ToString() }.ToJsonString();
        var angry = await client.StartAsync("call-quality-check", await Spoken.ByFliteAsync("i am very angry this is terrible"), alarm);
        var calm = await client.StartAsync("call-quality-check", await Spoken.ByFliteAsync("when are you open"), alarm);

        var run = await client.UntilAsync(angry);
        Assert.Equal("anger", run["outputs"]!["emotion"]!["label"]!.GetValue<string>());
        Assert.Equal("skipped", Step(await client.UntilAsync(calm), "alarm")["state"]!.GetValue<string>());
        var (key, body) = Assert.Single(sink.Effects);
        Assert.Equal($"{angry}.alarm", key);
        Assert.Equal((angry, "anger"), (body!["run"]!.GetValue<string>(), body["emotion"]!.GetValue<string>()));
    }

    private static JsonNode Step(JsonNode run, string id) => run["steps"]!.AsArray().Single(step => step!["id"]!.GetValue<string>() == id)!;
}
