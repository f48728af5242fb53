namespace Voice.Api.Realtime;

/// <summary>A class and not a record: nothing prints its token by accident.</summary>
/// <param name="limit">How long the session waits for its client.</param>
internal sealed class ResumeOffer(string token, TimeSpan limit)
{
    public string Token { get; } = token;

    public TimeSpan Limit { get; } = limit;
}
