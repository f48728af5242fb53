namespace Gateway.Tests.OpenId;

/// <summary>Who is signed in at the provider.</summary>
/// <param name="UserInfoSubject">What the userinfo endpoint says, where it is not the same.</param>
public sealed record FakePerson(string Subject, string? Email, bool EmailVerified = true, string? UserInfoSubject = null)
{
    public static FakePerson New()
    {
        var id = Guid.NewGuid().ToString("n");
        return new($"sub-{id}", $"{id}@example.com");
    }
}
