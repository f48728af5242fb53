using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.ServiceDefaults.Storage;

namespace Voice.Inference.Tests.Jobs;

/// <summary>Jobs as their owners see them. What happens when workers die is in <see cref="KilledJobTests"/>.</summary>
public sealed class TranscriptionJobTests(TranscriptionJobService service) : IClassFixture<TranscriptionJobService>
{
    private const string Jobs = "/api/v1/transcription-jobs";

    private readonly HttpClient _client = service.CreateClient();

    [Fact]
    public async Task Each_channel_is_a_speaker_in_every_format()
    {
        var (left, right) = (await LongRecording.OfAsync(2), (await LongRecording.OfAsync(4))[^70_000..]);
        var id = await service.CreateAsync(_client, LongRecording.Stereo(left, right), new { response_format = "diarized_json", word_timestamps = true });
        service.Engine.Let(100);
        var job = await service.EndedAsync(_client, id);

        Assert.Equal(("completed", 1, 2), (job.GetProperty("state").GetString(), job.GetProperty("progress").GetDouble(), job.GetProperty("channels").GetInt32()));
        Assert.Equal((double)Math.Max(left.Length, right.Length) / 16_000, job.GetProperty("duration").GetDouble(), 3);
        var diarized = await _client.GetFromJsonAsync<JsonElement>($"{Jobs}/{id}/result").OrTimeout();
        var segments = diarized.GetProperty("segments").EnumerateArray().ToList();
        Assert.Equal(["A", "B"], segments.Select(segment => segment.GetProperty("speaker").GetString()).Distinct().Order());
        var starts = segments.ConvertAll(segment => segment.GetProperty("start").GetDouble());
        Assert.Equal(starts.Order(), starts);

        Assert.StartsWith("WEBVTT\n\n00:00:00.000 --> ", await _client.GetStringAsync($"{Jobs}/{id}/result?format=vtt").OrTimeout());
        Assert.StartsWith("1\n00:00:00,000 --> ", await _client.GetStringAsync($"{Jobs}/{id}/result?format=srt").OrTimeout());
        Assert.Equal("transcribe", (await _client.GetFromJsonAsync<JsonElement>($"{Jobs}/{id}/result?format=verbose_json").OrTimeout()).GetProperty("task").GetString());
        Assert.Contains("part ", (await _client.GetFromJsonAsync<JsonElement>($"{Jobs}/{id}/result?format=json").OrTimeout()).GetProperty("text").GetString());
        using var wrong = await _client.GetAsync($"{Jobs}/{id}/result?format=docx").OrTimeout();
        Assert.Equal("400 invalid_value", await RefusalAsync(wrong));

        // The audio goes when the job is over; the result stays.
        var objects = service.Factory.Services.GetRequiredService<ObjectStore>();
        await Deadline.Until(async () => (await objects.ListAsync(BlobContainers.Jobs, $"org_a/{id}/", CancellationToken.None)) is [var only] && only.EndsWith("result.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_watches_sees_each_step_to_the_end()
    {
        var id = await service.CreateAsync(_client, LongRecording.Wav(await LongRecording.OfAsync(3)), new { });
        using var response = await _client.GetAsync($"{Jobs}/{id}/events", HttpCompletionOption.ResponseHeadersRead).OrTimeout();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        service.Engine.Let(100);
        var text = await response.Content.ReadAsStringAsync().OrTimeout();
        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(events[..^1], one => Assert.StartsWith("event: progress\n", one));
        Assert.StartsWith("event: ended\n", events[^1]);
        var last = JsonSerializer.Deserialize<JsonElement>(events[^1].Split("data: ")[1]);
        Assert.Equal(("completed", last.GetProperty("parts").GetProperty("total").GetInt32()), (last.GetProperty("state").GetString(), last.GetProperty("parts").GetProperty("done").GetInt32()));
    }

    [Fact]
    public async Task Cancelling_stops_what_is_being_transcribed_and_counts_what_was()
    {
        await using var own = await TranscriptionJobService.StartAsync();
        using var client = own.CreateClient();
        await PublishedUsage.KeepAsync(own.Database);
        var recording = await LongRecording.OfAsync(6);
        var id = await own.CreateAsync(client, LongRecording.Wav(recording), new { }, metered: true);
        own.Engine.Let(1);
        await Deadline.Until(async () => (await own.ReadAsync(client, id)).GetProperty("parts").GetProperty("done").GetInt32() == 1);
        await Deadline.Until(() => Task.FromResult(own.Engine.Held == 2));

        using var cancelled = await client.PostAsync($"{Jobs}/{id}/cancel", null).OrTimeout();
        Assert.Equal("cancelled", (await cancelled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        await Deadline.Until(() => Task.FromResult(own.Engine.Held == 0));
        // The messages of the parts that are left are taken, and nothing is done with them.
        await Deadline.Until(async () => await own.Database.ScalarAsync<long>("select count(*) from messaging.deliveries where subscription = 'transcription-jobs'") == 0);
        Assert.Single(own.Engine.Answered);
        var samples = await own.Database.ScalarAsync<int>("select samples from inference.transcription_parts where done_at is not null");
        Assert.Equal([$"org_a user_org_a audio_seconds {Math.Round(samples / 16_000m, 3).ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)} 7"], await PublishedUsage.ReadAsync(own.Database));

        using var again = await client.PostAsync($"{Jobs}/{id}/cancel", null).OrTimeout();
        Assert.Equal("cancelled", (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("state").GetString());
        Assert.Single(await PublishedUsage.ReadAsync(own.Database));
        using var result = await client.GetAsync($"{Jobs}/{id}/result").OrTimeout();
        Assert.Equal("409 job_not_completed", await RefusalAsync(result));
    }

    [Fact]
    public async Task A_part_that_cannot_be_transcribed_fails_the_job_and_says_which_it_is()
    {
        await using var own = await TranscriptionJobService.StartAsync(("Messaging:RetryPause", "00:00:00.020"), ("TranscriptionJobs:Attempts", "2"));
        using var client = own.CreateClient();
        var recording = await LongRecording.OfAsync(3);
        var id = await own.CreateAsync(client, LongRecording.Wav(recording), new { });
        await Deadline.Until(() => Task.FromResult(own.Engine.Held == 2));
        own.Engine.Poison = FakeEngine.NameOf(recording.AsSpan(0, await own.Database.ScalarAsync<int>("select samples from inference.transcription_parts where number = 1")));
        own.Engine.Let(100);
        var job = await own.EndedAsync(client, id);
        Assert.Equal(("failed", "provider_failed"), (job.GetProperty("state").GetString(), job.GetProperty("error").GetProperty("code").GetString()));
        Assert.StartsWith("Part 1 (00:00:00 to 00:00:0", job.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(0, await own.Database.ScalarAsync<long>("select count(*) from messaging.dead_letters"));
    }

    [Fact]
    public async Task What_is_no_audio_fails_with_a_reason_and_is_not_tried_again()
    {
        var id = await service.CreateAsync(_client, "version https://git-lfs.github.com/spec/v1 and nothing that could be heard"u8.ToArray(), new { });
        var job = await service.EndedAsync(_client, id);
        Assert.Equal(("failed", "invalid_audio"), (job.GetProperty("state").GetString(), job.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task What_cannot_become_a_job_is_refused_at_once()
    {
        var upload = await _client.UploadAsync([1, 2, 3]);
        var unfinished = (await _client.CreateUploadAsync(10)).Split('/')[^1];
        var source = new { upload_id = upload };
        Assert.Equal("400 invalid_value", await PostRefusalAsync(new { }));
        Assert.Equal("400 invalid_value", await PostRefusalAsync(new { source = new { upload_id = upload, session_id = "sess_1" } }));
        Assert.Equal("404 upload_not_found", await PostRefusalAsync(new { source = new { upload_id = "upl_none" } }));
        Assert.Equal("409 upload_incomplete", await PostRefusalAsync(new { source = new { upload_id = unfinished } }));
        Assert.Equal("404 session_not_found", await PostRefusalAsync(new { source = new { session_id = "sess_none" } }));
        Assert.Equal("404 recording_not_found", await PostRefusalAsync(new { source = new { session_id = "sess_silent" } }));
        Assert.Equal("400 invalid_value", await PostRefusalAsync(new { source, response_format = "docx" }));
        Assert.Equal("400 invalid_value", await PostRefusalAsync(new { source, webhook = new { url = "ftp://example.com" } }));
        Assert.Equal("400 invalid_value", await PostRefusalAsync(new { source, webhook = new { url = "https://example.com", secret = "whsec_c2hvcnQ=" } }));
        using var reader = service.CreateClient(scopes: "speech:use");
        Assert.Equal("403 insufficient_scope", await PostRefusalAsync(new { source = new { session_id = "sess_none" } }, reader));
        using var other = service.CreateClient("org_b");
        Assert.Equal("404 upload_not_found", await PostRefusalAsync(new { source }, other));
    }

    [Fact]
    public async Task A_recording_of_a_session_is_asked_for_as_this_service_for_its_organization()
    {
        using var created = await _client.PostAsJsonAsync(Jobs, new { source = new { session_id = "sess_recorded" }, diarize_by_channel = true }).OrTimeout();
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        service.Engine.Let(100);
        var job = await service.EndedAsync(_client, id);
        Assert.Equal(("completed", 2), (job.GetProperty("state").GetString(), job.GetProperty("channels").GetInt32()));
        Assert.All(service.Recordings.Callers, caller => Assert.Equal("org_a inference-worker sessions:read", caller));
    }

    [Fact]
    public async Task Jobs_are_listed_and_read_by_their_organization_alone_and_gone_when_deleted()
    {
        using var owner = service.CreateClient("org_lists");
        using var other = service.CreateClient("org_b");
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await service.CreateAsync(owner, LongRecording.Wav(new short[16_000]), new { }));
        }

        var first = await owner.GetFromJsonAsync<JsonElement>($"{Jobs}?limit=2").OrTimeout();
        var second = await owner.GetFromJsonAsync<JsonElement>($"{Jobs}?limit=2&cursor={first.GetProperty("next_cursor").GetString()}").OrTimeout();
        Assert.Equal(ids.AsEnumerable().Reverse(), first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).Select(job => job.GetProperty("id").GetString()));
        foreach (var path in (string[])["", "/result", "/events"])
        {
            using var answer = await other.GetAsync($"{Jobs}/{ids[0]}{path}").OrTimeout();
            Assert.Equal("404 job_not_found", await RefusalAsync(answer));
        }

        using (var answer = await other.DeleteAsync($"{Jobs}/{ids[0]}").OrTimeout())
        {
            Assert.Equal("404 job_not_found", await RefusalAsync(answer));
        }

        using (var answer = await owner.DeleteAsync($"{Jobs}/{ids[0]}").OrTimeout())
        {
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        using var gone = await owner.GetAsync($"{Jobs}/{ids[0]}").OrTimeout();
        Assert.Equal("404 job_not_found", await RefusalAsync(gone));
        service.Engine.Let(100);
    }

    [Fact]
    public async Task A_job_that_has_expired_is_gone_with_all_that_it_kept()
    {
        var id = await service.CreateAsync(_client, LongRecording.Wav(await LongRecording.OfAsync(1)), new { });
        service.Engine.Let(100);
        await service.EndedAsync(_client, id);
        await service.Database.ExecuteAsync($"update inference.transcription_jobs set expires_at = now() - interval '1 second' where id = '{id}'");
        var objects = service.Factory.Services.GetRequiredService<ObjectStore>();
        await Deadline.Until(async () => await service.Database.ScalarAsync<long>($"select count(*) from inference.transcription_jobs where id = '{id}'") == 0);
        Assert.Empty(await objects.ListAsync(BlobContainers.Jobs, $"org_a/{id}/", CancellationToken.None));
    }

    private static async Task<string> RefusalAsync(HttpResponseMessage response) =>
        $"{(int)response.StatusCode} {(await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()}";

    private async Task<string> PostRefusalAsync(object body, HttpClient? client = null)
    {
        using var response = await (client ?? _client).PostAsJsonAsync(Jobs, body).OrTimeout();
        return await RefusalAsync(response);
    }
}
