namespace Voice.Gateway.Sessions;

/// <param name="Session">Null where it has ended or nobody can tell; <paramref name="Unavailable"/> says which.</param>
/// <param name="Unavailable">Redis is away, and the session was not seen alive recently enough to go on without it.</param>
internal readonly record struct SessionCheck(SignInSession? Session, bool Unavailable)
{
    public static SessionCheck Ended => default;

    public static SessionCheck NotKnown => new(null, true);
}

/// <summary>Redis is away: nothing can be started, listed or revoked.</summary>
internal sealed class SessionsUnavailableException(Exception inner) : Exception("Sign-in sessions cannot be reached.", inner);
