using System.Buffers.Binary;
using System.Text.Json;
using Voice.Client;

namespace Platform.Tests;

/// <summary>What a person's voice leaves behind when it has gone through every service.</summary>
[Collection(PlatformCollection.Name)]
public sealed class SpokenConversationTests(PlatformFixture platform)
{
    [Fact]
    public async Task A_spoken_question_is_answered_aloud_and_kept_as_turns_recording_transcript_and_summary()
    {
        var result = await platform.TalkAsync("receptionist", "What are your opening hours on Monday?");

        var turn = Assert.Single(result.Turns);
        Assert.Contains("hours", turn.Transcript, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("monday", turn.Reply, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(turn.Confidence ?? 0, 0.05, 1);
        Assert.NotNull(turn.VoiceToVoiceMs);
        Assert.NotNull(turn.ServerVoiceToVoiceMs);
        Assert.Superset(new HashSet<string> { "endpointing", "first_audio", "first_token", "transcript_final" }, turn.Stages.Keys.ToHashSet());
        Assert.True(result.ReplyAudioSeconds > 1, $"{result.ReplyAudioSeconds} s of reply");
        Assert.True(Loudness(result.ReplyAudio.Span, stride: 1, offset: 0) > 300, "the reply is silent");

        var session = await platform.EndedSessionAsync(result.SessionId);
        Assert.Equal("client_closed", session.GetProperty("end_reason").GetString());
        var stored = Assert.Single(session.GetProperty("turns").EnumerateArray().ToList());
        Assert.Equal(turn.Transcript, stored.GetProperty("transcript").GetString());
        Assert.True(stored.GetProperty("latency_ms").GetProperty("voice_to_voice").GetDouble() > 0);

        var recording = await DownloadRecordingAsync(result.SessionId);
        Assert.Equal("RIFF"u8.ToArray(), recording[..4]);
        var samples = recording.AsSpan(44);
        Assert.True(Loudness(samples, stride: 2, offset: 0) > 300, "the user is missing in the recording");
        Assert.True(Loudness(samples, stride: 2, offset: 1) > 300, "the assistant is missing in the recording");

        var transcript = await platform.GetJsonAsync($"/api/v1/sessions/{result.SessionId}/transcript");
        Assert.Contains(turn.Transcript, transcript.GetRawText(), StringComparison.Ordinal);

        var export = await platform.OnlyAsync($"/api/v1/sessions/{result.SessionId}/exports");
        Assert.NotEqual(JsonValueKind.Null, export.GetProperty("summary").ValueKind);
    }

    [Fact]
    public async Task A_spoken_wish_to_die_brings_help_into_the_live_session_and_into_the_store()
    {
        var result = await platform.TalkAsync("companion", "I want to end my life.");

        var live = Assert.Single(result.Interventions).Body.GetProperty("intervention");
        Assert.Equal("crisis", live.GetProperty("severity").GetString());
        Assert.NotEmpty(live.GetProperty("resources").EnumerateArray());

        var stored = await platform.OnlyAsync($"/api/v1/sessions/{result.SessionId}/interventions");
        Assert.Equal(live.GetProperty("id").GetString(), stored.GetProperty("id").GetString());
        Assert.Equal("suicide", stored.GetProperty("category").GetString());
    }

    [Fact]
    public async Task An_english_sentence_comes_back_in_spanish()
    {
        var result = await platform.TalkAsync("interpreter", "The doctor will see you in five minutes.");

        Assert.Contains("doctor", Assert.Single(result.Turns).Reply, StringComparison.OrdinalIgnoreCase);
        Assert.True(result.Events.ContainsKey("voiceaspire.translation"));
        Assert.True(result.ReplyAudioSeconds > 0.5);
    }

    [TestDataFact("audio_formats/ps_bad.wav")]
    public async Task No_file_that_claims_to_be_audio_brings_the_transcription_down()
    {
        using var client = platform.CreateClient();
        foreach (var file in Directory.GetFiles(Path.Combine(TestData.Folder!, "audio_formats")))
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(await File.ReadAllBytesAsync(file)), "file", Path.GetFileName(file) },
                { new StringContent("pocketsphinx-en-us"), "model" },
            };
            using var response = await client.PostAsync("/v1/audio/transcriptions", form).OrTimeout(TimeSpan.FromMinutes(1));
            var body = await response.Content.ReadAsStringAsync().OrTimeout();

            Assert.True((int)response.StatusCode is 200 or 400 or 413 or 415, $"{Path.GetFileName(file)}: {(int)response.StatusCode} {body}");
            if (!response.IsSuccessStatusCode)
            {
                Assert.NotEqual("", JsonDocument.Parse(body).RootElement.GetProperty("error").GetProperty("message").GetString());
            }
        }

        using var health = await client.GetAsync("/health").OrTimeout();
        Assert.True(health.IsSuccessStatusCode);
    }

    private async Task<byte[]> DownloadRecordingAsync(string sessionId)
    {
        var link = await platform.GetJsonAsync($"/api/v1/sessions/{sessionId}/recording");
        using var anonymous = new HttpClient { BaseAddress = platform.Url };
        return await anonymous.GetByteArrayAsync(link.GetProperty("url").GetString()).OrTimeout();
    }

    /// <summary>Root mean square of every <paramref name="stride"/>-th 16-bit sample.</summary>
    private static double Loudness(ReadOnlySpan<byte> pcm, int stride, int offset)
    {
        double sum = 0;
        var count = 0;
        for (var at = offset * 2; at + 1 < pcm.Length; at += stride * 2)
        {
            double sample = BinaryPrimitives.ReadInt16LittleEndian(pcm[at..]);
            sum += sample * sample;
            count++;
        }

        return count == 0 ? 0 : Math.Sqrt(sum / count);
    }
}
