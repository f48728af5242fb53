using Npgsql;
using Voice.Api.Agents;
using Voice.Api.Realtime;
using Voice.Api.Realtime.Wire;
using Voice.Api.Sessions;
using Voice.Core.Conversations;
using Voice.Core.Replay;

namespace Voice.Api.Replay;

/// <summary>Holds a recorded session again and says what went otherwise.</summary>
internal sealed class SessionReplays(NpgsqlDataSource database, AgentCatalog agents, SessionLogStore logs, RealtimeServices services) : IDisposable
{
    /// <summary>Replays take a core each; live sessions come first.</summary>
    private readonly SemaphoreSlim _places = new(1, 1);

    /// <summary>Longer than any reply.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(60);

    /// <returns>Null where there is no log.</returns>
    /// <exception cref="InvalidDataException">The log lost entries.</exception>
    /// <exception cref="KeyNotFoundException">There is no such version of the agent.</exception>
    public async Task<ReplayReport?> ReplayAsync(SessionRow session, int? version, CancellationToken cancellationToken)
    {
        if (await logs.ReadAsync(session.OrganizationId, session.Id, cancellationToken) is not { } log)
        {
            return null;
        }

        var recording = SessionRecording.Read(log);
        var recorded = recording.Header.AgentVersion;
        var agent = session.Mode == TranscriptionAgent.Mode ? TranscriptionAgent.Create(session.OrganizationId)
            : await agents.FindVersionAsync(session.OrganizationId, session.AgentId, version ?? recorded, cancellationToken) ?? throw new KeyNotFoundException();
        await _places.WaitAsync(cancellationToken);
        try
        {
            var result = await SessionReplay.RunAsync(recording, Setup(session, agent, recording.Header, live: version is not null), cancellationToken);
            return Compare(recording, agent, version is not null, await TurnsAsync(session, cancellationToken), result.Turns);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private ReplaySetup Setup(SessionRow session, AgentDefinition agent, SessionLogHeader header, bool live)
    {
        var state = session.Mode == TranscriptionAgent.Mode ? SessionState.ForTranscription(session.Id, session.OrganizationId, session.StartedAt)
            : SessionState.ForAgent(session.Id, agent, session.StartedAt);
        // As the server was set when the session began; logs of an earlier version do not say.
        state = state with { Speculation = header.Speculation ?? state.Speculation };
        return new ReplaySetup(AgentProfiles.From(agent), state.ToSettings(), Apply)
        {
            Model = live ? services.Providers.Chat : null,
            Afterwards = live ? Afterwards : TimeSpan.Zero,
        };

        void Apply(ReadOnlyMemory<byte> clientEvent, Conversation conversation)
        {
            try
            {
                using var document = ClientEvents.Parse(clientEvent);
                if (ClientEvents.Handle(document.RootElement, conversation, state) is { } updated)
                {
                    state = updated;
                    conversation.Update(_ => updated.ToSettings());
                }
            }
            catch (ProtocolException)
            {
                // Only what was accepted is logged; another version of the agent may refuse it all the same.
            }
        }
    }

    private async Task<List<TurnRow>> TurnsAsync(SessionRow session, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return await TurnRow.ReadAsync(connection, transaction: null, session.Id, cancellationToken);
    }

    private static ReplayReport Compare(SessionRecording recording, AgentDefinition agent, bool live, List<TurnRow> recorded, IReadOnlyList<TurnSummary> replayed)
    {
        List<ReplayedTurn> turns = [];
        for (var index = 0; index < Math.Max(recorded.Count, replayed.Count); index++)
        {
            var before = index < recorded.Count ? recorded[index] : null;
            var after = index < replayed.Count ? replayed[index] : null;
            turns.Add(new ReplayedTurn(
                index + 1,
                before is null ? null : new TurnSide(before.Transcript, before.Reply, before.LatencyMs),
                after is null ? null : new TurnSide(after.Transcript, after.Reply, after.LatencyMs),
                before is not null && before.Transcript == after?.Transcript,
                before is not null && before.Reply == after?.Reply));
        }

        return new ReplayReport(
            recording.Header.SessionId, recording.Header.AgentId, recording.Header.AgentVersion, agent.Version, live ? "live" : "recorded",
            recording.Complete, turns.TrueForAll(turn => turn is { SameTranscript: true, SameReply: true }), Math.Round(recording.Length.TotalSeconds, 3), turns);
    }
}
