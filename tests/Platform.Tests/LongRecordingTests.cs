using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Tests;

/// <summary>A recording from a client's disk to its transcript, through the gateway: by the official tus client, which is interrupted in the middle.</summary>
[Collection(PlatformCollection.Name)]
public sealed class LongRecordingTests(PlatformFixture platform)
{
    [Fact]
    public async Task The_official_tus_client_goes_on_where_it_was_interrupted_and_what_it_sent_is_transcribed()
    {
        var sentence = await Speech.SayAsync("hello our clinic is open from eight to five");
        var file = Path.Combine(platform.DataDirectory, "long.wav");
        // Ten megabytes, nearly all of it silence that takes no time to transcribe.
        await Speech.WriteWavAsync(file, sentence, Speech.Silence(TimeSpan.FromSeconds(2)));
        await using (var append = new FileStream(file, FileMode.Append))
        {
            // Behind the audio: a chunk that no reader of WAV looks at.
            await append.WriteAsync(new byte[10 * 1024 * 1024]);
        }

        var (sent, _) = await new OfficialClient("tus.mjs", "upload", platform.Url, platform.ApiKey).With("VOICE_FILE", file).RunAsync();
        File.Delete(file);
        Assert.InRange(sent.GetProperty("interrupted").GetInt64(), 0, sent.GetProperty("length").GetInt64() - 1);

        using var client = platform.CreateClient();
        var upload = await platform.GetJsonAsync($"/api/v1/uploads/{sent.GetProperty("id").GetString()}");
        Assert.Equal(("complete", "meeting.wav"), (upload.GetProperty("status").GetString(), upload.GetProperty("file_name").GetString()));
        using var created = await client.PostAsJsonAsync("/api/v1/transcription-jobs", new { source = new { upload_id = sent.GetProperty("id").GetString() } }).OrTimeout();
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
        var id = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var events = await client.GetStringAsync($"/api/v1/transcription-jobs/{id}/events").OrTimeout(TimeSpan.FromMinutes(1));
        Assert.Contains("event: ended", events, StringComparison.Ordinal);
        Assert.Contains("clinic is open", await client.GetStringAsync($"/api/v1/transcription-jobs/{id}/result?format=text").OrTimeout(), StringComparison.Ordinal);
    }
}
