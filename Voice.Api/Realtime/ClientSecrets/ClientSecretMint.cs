using System.Buffers;
using System.Text.Json;
using Voice.Api.Agents;
using Voice.Api.Realtime.Wire;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Realtime.ClientSecrets;

/// <summary>Makes client secrets: for an agent that exists, with a session that would be accepted.</summary>
internal sealed class ClientSecretMint(AgentCatalog agents, ClientSecretStore secrets, RealtimeServices services)
{
    /// <param name="signIn">The sign-in session of a person who asks.</param>
    /// <returns>The JSON to answer with, and the hash of the secret. The secret is in the JSON and nowhere else.</returns>
    /// <exception cref="ProtocolException">The request cannot be granted.</exception>
    public async Task<(ReadOnlyMemory<byte> Json, string Hash)> CreateAsync(
        ClientSecretRequest request, Caller caller, string? signIn, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        var expires = now + request.Lifetime;
        var state = await StateAsync(request, caller, now, cancellationToken);
        state = SessionUpdate.Apply(state, request.Session);

        var secret = ClientSecret.Create();
        var agent = request.Transcription ? null : state.Agent;
        var grant = new ClientSecretGrant(caller, agent?.Id, agent?.Name, request.Origin, request.MaxUses, expires, request.Session.GetRawText())
        {
            SignInSession = caller.Kind == "user" ? signIn : null,
        };
        var hash = ClientSecret.Hash(secret);
        await secrets.AddAsync(hash, grant, request.Lifetime, cancellationToken);
        return (Write(secret, expires, state), hash);
    }

    private async Task<SessionState> StateAsync(ClientSecretRequest request, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // How the session would begin; the one that does has an id and an end of its own.
        var id = Ids.New("sess", services.Time);
        var expires = now + services.Options.SessionLimit;
        if (request.Transcription)
        {
            return request.Agent is null
                ? SessionState.ForTranscription(id, caller.OrganizationId, expires)
                : throw new ProtocolException("invalid_value", "A transcription session has no agent.", "voiceaspire.agent");
        }

        var name = request.Agent ?? throw new ProtocolException(
            "agent_required", "Name an agent: voiceaspire.agent, or session.model. GET /api/v1/agents lists those you have.", "voiceaspire.agent");
        var agent = await agents.FindAsync(caller, name, cancellationToken) ?? throw new ProtocolException(
            "agent_not_found", "There is no such agent. GET /api/v1/agents lists those you have.", "voiceaspire.agent");
        return SessionState.ForAgent(id, agent, expires);
    }

    private static ReadOnlyMemory<byte> Write(string secret, DateTimeOffset expires, SessionState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.String("value", secret).Number("expires_at", expires.ToUnixTimeSeconds()).Session("session", state);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
