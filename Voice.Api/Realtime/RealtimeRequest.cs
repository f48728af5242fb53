using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Realtime;

/// <summary>What a client asks for when it connects.</summary>
/// <param name="Agent">Id or name, from <c>?agent=</c> or <c>?model=</c>.</param>
internal sealed record RealtimeRequest(Caller Caller, string? Agent, string? Intent, string? CallId, bool Greet);
