using System.Text.Json;

namespace Platform.Tests;

/// <summary>Any process may be killed at any moment: the conversation goes on, and what was acknowledged is there afterwards, once.</summary>
[Collection(PlatformCollection.Name)]
public sealed class CrashTests(PlatformFixture platform)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task A_conversation_survives_the_death_of_the_inference_worker()
    {
        // Long enough after the first answer for the worker to be killed and to come back.
        byte[] speech =
        [
            .. Speech.Silence(Pause), .. await Speech.SayAsync("Do you have parking?"), .. Speech.Silence(TimeSpan.FromSeconds(25)),
            .. await Speech.SayAsync("What are your opening hours on Monday?"),
        ];
        var killed = 0;

        var result = await platform.TalkAsync("receptionist", speech, received =>
        {
            if (received.Type == "voiceaspire.turn" && killed == 0)
            {
                killed = platform.Kill("inference-worker");
            }
        });

        Assert.NotEqual(0, killed);
        var turns = string.Join(" | ", result.Turns.Select(turn => $"{turn.Transcript} -> {turn.Reply}"));
        Assert.True(result.Turns.Count == 2, $"{result.Turns.Count} turns: {turns}");
        Assert.Contains("monday to friday", result.Turns[1].Reply, StringComparison.OrdinalIgnoreCase);
        await platform.RestartedAsync("inference-worker", killed);
    }

    [Fact]
    public async Task Safety_and_export_do_their_work_once_after_they_were_killed()
    {
        byte[] speech = [.. Speech.Silence(Pause), .. await Speech.SayAsync("I want to end my life.")];
        var (safety, export) = (0, 0);

        var result = await platform.TalkAsync("companion", speech, received =>
        {
            if (received.Type == "input_audio_buffer.speech_started" && safety == 0)
            {
                safety = platform.Kill("safety-worker");
                export = platform.Kill("export-worker");
            }
        });

        Assert.Single(result.Turns);
        await platform.RestartedAsync("safety-worker", safety);
        await platform.RestartedAsync("export-worker", export);
        await platform.EndedSessionAsync(result.SessionId);
        await platform.OnlyAsync($"/api/v1/sessions/{result.SessionId}/interventions");
        await platform.OnlyAsync($"/api/v1/sessions/{result.SessionId}/exports");
    }

    [Fact]
    public async Task Turns_and_recording_outlive_the_server_that_held_the_conversation()
    {
        byte[] speech = Speech.ForTheWire([.. Speech.Silence(Pause), .. await Speech.SayAsync("Do you have parking?"), .. Speech.Silence(TimeSpan.FromSeconds(1))]);
        await using var client = await platform.ConnectAsync();
        await client.SpeakAsync(speech);
        var turn = await client.ReceiveAsync("voiceaspire.turn");

        // The user is still there, and silent; the turn is written behind the conversation.
        await client.SpeakAsync(Speech.ForTheWire(Speech.Silence(TimeSpan.FromSeconds(5))));
        await Deadline.Until(async () =>
            (await platform.GetJsonAsync($"/api/v1/sessions/{client.SessionId}")).GetProperty("turns").GetArrayLength() == 1);
        var killed = platform.Kill("voice-api");
        await platform.RestartedAsync("voice-api", killed);

        var session = await platform.EndedSessionAsync(client.SessionId);
        Assert.Equal("server_lost", session.GetProperty("end_reason").GetString());
        var kept = Assert.Single(session.GetProperty("turns").EnumerateArray().ToList());
        Assert.Equal(turn.GetProperty("transcript").GetString(), kept.GetProperty("transcript").GetString());

        var link = await platform.GetJsonAsync($"/api/v1/sessions/{client.SessionId}/recording");
        using var anonymous = new HttpClient { BaseAddress = platform.Url };
        var recording = await anonymous.GetByteArrayAsync(link.GetProperty("url").GetString()).OrTimeout();
        var seconds = (recording.Length - 44) / (24_000.0 * 2 * 2);
        Assert.True(seconds > 4, $"{seconds:0.0} s of recording are left");
        await platform.OnlyAsync($"/api/v1/sessions/{client.SessionId}/exports");
    }
}
