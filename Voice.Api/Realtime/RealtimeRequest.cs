using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Realtime;

/// <summary>What a client asks for when it connects.</summary>
/// <param name="Agent">Id or name, from <c>?agent=</c> or <c>?model=</c>.</param>
internal sealed record RealtimeRequest(Caller Caller, string? Agent, string? Intent, string? CallId, bool Greet)
{
    /// <summary>The client may come back after its connection was lost, and wants the token for it.</summary>
    public bool Resumable { get; init; }

    /// <summary>Hash of the client secret the connection came with, as the gateway says.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The token of a session to come back to.</summary>
    public string? Resume { get; init; }

    /// <summary>With <see cref="Resume"/>: the last event the client has.</summary>
    public string? LastEventId { get; init; }
}
