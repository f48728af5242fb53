using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Voice.Client;

namespace Platform.Tests;

/// <summary>What tests of the whole platform do over and over: talk, look the session up, kill a service.</summary>
public static class PlatformConversations
{
    /// <summary>Sentences spoken in turn, each after the pause before it.</summary>
    public static async Task<ConversationResult> TalkAsync(
        this PlatformFixture platform, string agent, byte[] speech, Action<RealtimeEvent>? onEvent = null)
    {
        var endpoint = new RealtimeEndpoint(platform.Url, platform.ApiKey);
        var conversation = new SpokenConversation(endpoint, agent, new ConversationOptions(), TimeProvider.System) { OnEvent = onEvent };
        return await conversation.RunAsync(Speech.ForTheWire(speech), CancellationToken.None).OrTimeout(TimeSpan.FromMinutes(2), agent);
    }

    public static async Task<ConversationResult> TalkAsync(this PlatformFixture platform, string agent, string sentence) =>
        await platform.TalkAsync(agent, [.. Speech.Silence(TimeSpan.FromMilliseconds(500)), .. await Speech.SayAsync(sentence)]);

    public static async Task<JsonElement> EndedSessionAsync(this PlatformFixture platform, string sessionId)
    {
        var session = default(JsonElement);
        await Deadline.Until(async () =>
        {
            session = await platform.GetJsonAsync($"/api/v1/sessions/{sessionId}");
            return session.GetProperty("status").GetString() == "ended" && session.GetProperty("has_transcript").GetBoolean();
        }, TimeSpan.FromMinutes(2), $"session {sessionId} has ended");
        return session;
    }

    /// <summary>The one entry of a list that may still be on its way.</summary>
    public static async Task<JsonElement> OnlyAsync(this PlatformFixture platform, string path)
    {
        List<JsonElement> entries = [];
        await Deadline.Until(async () =>
        {
            entries = [.. (await platform.GetJsonAsync(path)).GetProperty("data").EnumerateArray()];
            return entries.Count > 0;
        }, TimeSpan.FromMinutes(1), $"{path} has an entry");
        return Assert.Single(entries);
    }

    /// <summary><c>kill -9</c>: nothing is flushed, nobody is told.</summary>
    public static int Kill(this PlatformFixture platform, string service)
    {
        var id = platform.ProcessIdOf(service);
        using var process = Process.GetProcessById(id);
        process.Kill();
        return id;
    }

    /// <summary>Until the runner has put another process in the dead one's place, and it answers.</summary>
    public static Task RestartedAsync(this PlatformFixture platform, string service, int killed) => Deadline.Until(
        () => Task.FromResult(platform.TryProcessIdOf(service) is { } id && id != killed && platform.StateOf(service) == "healthy"),
        TimeSpan.FromMinutes(1), string.Create(CultureInfo.InvariantCulture, $"{service} runs again"));
}
