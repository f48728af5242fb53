namespace Voice.Api.Sessions;

/// <summary>Opens journals.</summary>
internal sealed class SessionJournals
{
    /// <summary>The session exists, and SessionStarted will be published, once this returns.</summary>
    public Task<SessionJournal> OpenAsync(SessionDescriptor session, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
