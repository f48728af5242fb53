using System.Collections.Concurrent;
using Voice.ServiceDefaults.Errors;

namespace Voice.Api.Sessions;

/// <summary>Opens journals, and knows the ones that this process holds.</summary>
internal sealed class SessionJournals(SessionJournalServices services)
{
    private readonly ConcurrentDictionary<string, SessionJournal> _journals = new();

    public TimeSpan OpenLimit => services.Options.OpenLimit;

    public IReadOnlyCollection<string> SessionIds => [.. _journals.Keys];

    public bool Holds(string sessionId) => _journals.ContainsKey(sessionId);

    /// <summary>The session exists, and SessionStarted will be published, once this returns; where the database is not heard of in time, it does not.</summary>
    public async Task<SessionJournal> OpenAsync(SessionDescriptor session, CancellationToken cancellationToken)
    {
        var givenUp = false;
        try
        {
            await services.Store.OpenAsync(session, () => !Volatile.Read(ref givenUp), cancellationToken).WithinAsync(services.Options.OpenLimit, services.Time);
        }
        catch
        {
            // Committed at this very moment, it is nobody's, and the sweeper ends it.
            Volatile.Write(ref givenUp, true);
            throw;
        }

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
