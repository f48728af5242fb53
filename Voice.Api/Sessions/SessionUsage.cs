using Voice.ServiceDefaults.Messaging.Contracts;
using Voice.ServiceDefaults.Usage;

namespace Voice.Api.Sessions;

/// <summary>What of a conversation is counted, each event under an id of its own: counted once however often it is published.</summary>
internal static class SessionUsage
{
    public static UsageRecorded Begun(SessionDescriptor session) => new(
        session.Id, session.OrganizationId, $"{session.Id}:{UsageKinds.Sessions}", session.UserId, UsageKinds.Sessions, 1, session.StartedAt, 0);

    /// <summary>A reply, cut to what was played.</summary>
    public static UsageRecorded Spoken(SessionDescriptor session, TurnRecord turn) => new(
        session.Id, session.OrganizationId, $"{turn.Id}:{UsageKinds.Characters}", session.UserId, UsageKinds.Characters, turn.Reply.Length, turn.CompletedAt, 0);

    public static UsageRecorded Thought(SessionDescriptor session, ResponseTokens response) => new(
        session.Id, session.OrganizationId, $"{response.ResponseId}:{UsageKinds.Tokens}", session.UserId, UsageKinds.Tokens, response.Tokens, response.At, 0);

    /// <summary>The length of the conversation, as the record has it: known to whoever ends it, also where its server died.</summary>
    public static UsageRecorded Ended(SessionRow session) => new(
        session.Id, session.OrganizationId, $"{session.Id}:{UsageKinds.AudioSeconds}", session.UserId, UsageKinds.AudioSeconds,
        Math.Round((decimal)(session.EndedAt!.Value - session.StartedAt).TotalSeconds, 3), session.EndedAt.Value, 0);
}
