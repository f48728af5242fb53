using System.Text.Json;
using Npgsql;
using StackExchange.Redis;
using Voice.Api.Agents;
using Voice.Api.Realtime.Wire;
using Voice.Api.Sessions;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.ClientSecrets;
using Voice.ServiceDefaults.Identity;

namespace Voice.Api.Realtime;

/// <summary>The session that a connection asks for: with which agent, and how it begins.</summary>
internal sealed class SessionOpening(RealtimeServices services, ClientSecretStore secrets, NpgsqlDataSource database)
{
    private static readonly TimeSpan RedisLimit = TimeSpan.FromSeconds(2);

    /// <exception cref="ProtocolException">There is no such session to be had.</exception>
    public async Task<SessionState> OpenAsync(RealtimeRequest request, CancellationToken cancellationToken)
    {
        var id = Ids.New("sess", services.Time);
        var expires = services.Time.GetUtcNow() + services.Options.SessionLimit;
        var secret = await SecretAsync(request, cancellationToken);
        // A secret says itself what it is for; the gateway has compared that with what the connection asks for.
        var agent = secret is null ? request.Agent : secret.Value.AgentId;
        var transcription = secret is null ? request.Intent == "transcription" : agent is null;
        if (request.Intent is not (null or "transcription"))
        {
            throw new ProtocolException("invalid_value", "The only intent is transcription.");
        }

        if (transcription && request.Agent is not null)
        {
            throw new ProtocolException("invalid_value", "A transcription session has no agent: connect with ?intent=transcription alone.");
        }

        var state = transcription
            ? SessionState.ForTranscription(id, request.Caller.OrganizationId, expires)
            : await WithAgentAsync(id, agent, request, expires, cancellationToken);
        state = state with { Speculation = services.Options.Speculation && state.Speculation };
        state = state with { Resume = request.Resumable ? new ResumeOffer(ResumeToken.Create(), services.Options.ResumeLimit) : null };
        return secret is var (_, session) ? SessionUpdate.Apply(state, JsonElement.Parse(session)) with { Opening = session } : state;
    }

    private async Task<SessionState> WithAgentAsync(
        string id, string? name, RealtimeRequest request, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        if (name is null)
        {
            throw new ProtocolException("agent_required", "Name an agent: /v1/realtime?agent=<agent>, or ?model=<agent>.");
        }

        var agent = await FindAgentAsync(request.Caller, name, cancellationToken).WithinAsync(services.OpenLimit, services.Time)
            ?? throw new ProtocolException("agent_not_found", "There is no such agent. GET /api/v1/agents lists those you have.");
        return SessionState.ForAgent(id, agent, expires);
    }

    private async Task<AgentDefinition?> FindAgentAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await services.Agents.FindAsync(caller, name, cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            // Idle connections do not know that they died in an outage: only a new one tells whether the database is there.
            database.Clear();
            return await services.Agents.FindAsync(caller, name, cancellationToken);
        }
    }

    /// <returns>Null for callers who need none.</returns>
    private async Task<(string? AgentId, string Session)?> SecretAsync(RealtimeRequest request, CancellationToken cancellationToken)
    {
        if (request.Caller.Kind != ClientSecret.CallerKind)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(RedisLimit, services.Time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return (request.ClientSecret is { } hash ? await secrets.FindSessionAsync(hash, request.Caller.OrganizationId, ending.Token) : null)
                ?? throw new ProtocolException("invalid_client_secret", "The client secret is not valid. Ask for a new one right before connecting.");
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException || (exception is OperationCanceledException && limit.IsCancellationRequested))
        {
            throw new ProtocolException("client_secrets_unavailable", "Client secrets cannot be read right now. Ask for a new one and try again in a moment.");
        }
    }
}
