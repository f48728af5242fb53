namespace Voice.Gateway.Limits;

/// <summary>Whether a request may go on, and what its tightest bucket looks like.</summary>
/// <param name="Bucket">The one that refuses for longest, or has the smallest share left.</param>
/// <param name="Reset">Until it is full again.</param>
/// <param name="RetryAfter">Zero where the request was let in.</param>
internal readonly record struct Admission(bool Allowed, Bucket Bucket, long Remaining, TimeSpan Reset, TimeSpan RetryAfter);
