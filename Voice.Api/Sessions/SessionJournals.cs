using System.Collections.Concurrent;

namespace Voice.Api.Sessions;

/// <summary>Opens journals, and knows the ones that this process holds.</summary>
internal sealed class SessionJournals(SessionJournalServices services)
{
    private readonly ConcurrentDictionary<string, SessionJournal> _journals = new();

    public IReadOnlyCollection<string> SessionIds => [.. _journals.Keys];

    public bool Holds(string sessionId) => _journals.ContainsKey(sessionId);

    /// <summary>The session exists, and SessionStarted will be published, once this returns.</summary>
    public async Task<SessionJournal> OpenAsync(SessionDescriptor session, CancellationToken cancellationToken)
    {
        await services.Store.OpenAsync(session, cancellationToken);
        var journal = new SessionJournal(this, session, services);
        _journals[session.Id] = journal;
        return journal;
    }

    /// <summary>The service stops: ends what is still open, and waits for what is ending as long as it may.</summary>
    public async Task EndAllAsync(string reason, CancellationToken cancellationToken)
    {
        SessionJournal[] open = [.. _journals.Values];
        try
        {
            await Task.WhenAll(open.Select(journal => journal.EndAsync(reason, cancellationToken)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open.Select(journal => journal.StopAsync()));
        }
    }

    public void Forget(SessionJournal journal) => _journals.TryRemove(KeyValuePair.Create(journal.Session.Id, journal));
}
