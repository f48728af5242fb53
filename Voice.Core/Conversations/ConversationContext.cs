using Voice.Core.Providers;

namespace Voice.Core.Conversations;

/// <summary>What the parts of one conversation share. Everything mutable is read and written under <see cref="Gate"/>, and nobody waits under it.</summary>
internal sealed class ConversationContext(
    AgentProfile agent, ConversationSettings settings, ISpeechSynthesizer synthesizer, TimeProvider time, Func<string, string>? newId = null)
{
    /// <summary>Reply audio leaves at most this far ahead of its playback: it bounds the memory of a session, and what an interruption throws away.</summary>
    public static readonly TimeSpan PlaybackLead = TimeSpan.FromSeconds(10);

    public Lock Gate { get; } = new();

    public AgentProfile Agent { get; set; } = agent;

    public ConversationSettings Settings { get; set; } = settings;

    public ISpeechSynthesizer Synthesizer { get; } = synthesizer;

    public TimeProvider Time { get; } = time;

    public PlaybackClock Playback { get; } = new(time);

    public ConversationEvents Events { get; } = new();

    public ConversationHistory History { get; } = new();

    /// <summary>Input audio heard so far.</summary>
    public Func<TimeSpan> Clock { get; set; } = () => TimeSpan.Zero;

    public bool Ended { get; set; }

    /// <summary>As the rest of the platform makes them (sortable by time, 128 bits), unless the conversation was given a source of its own.</summary>
    public string NewId(string prefix) => newId?.Invoke(prefix) ?? $"{prefix}_{Guid.CreateVersion7(Time.GetUtcNow()):N}";

    public void Error(string code, string message, string? clientEventId = null, string? param = null) =>
        Events.Write(new ConversationEvent.Error("invalid_request_error", code, message, param, clientEventId));
}
