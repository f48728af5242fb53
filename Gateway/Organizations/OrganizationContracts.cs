namespace Voice.Gateway.Organizations;

/// <param name="AllowedOrigins">Of pages from which programs may call the API; none for no page, and for any program that is none.</param>
internal sealed record OrganizationView(string Id, string Name, bool RequireSecondFactor, IReadOnlyList<string> AllowedOrigins, DateTimeOffset CreatedAt);

internal sealed record OrganizationRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public bool RequireSecondFactor { get; init; }

    public string[] AllowedOrigins { get; init; } = [];

    public DateTime CreatedAt { get; init; }

    public int Version { get; init; }

    public OrganizationView AsView() => new(Id, Name, RequireSecondFactor, AllowedOrigins, new DateTimeOffset(CreatedAt, TimeSpan.Zero));
}

/// <summary>What is absent stays as it is.</summary>
internal sealed record ChangeOrganizationBody(string? Name, bool? RequireSecondFactor, IReadOnlyList<string>? AllowedOrigins);

internal sealed record NewOrganizationBody(string? Name);

internal sealed record MembershipList(IReadOnlyList<Accounts.MembershipView> Data);

internal sealed record Member(string UserId, string Email, string Role, bool SecondFactor, DateTimeOffset JoinedAt);

internal sealed record MemberRow(string UserId, string Email, string Role, bool SecondFactor, DateTime CreatedAt)
{
    public Member AsMember() => new(UserId, Email, Role, SecondFactor, new DateTimeOffset(CreatedAt, TimeSpan.Zero));
}

internal sealed record ChangeMemberBody(string? Role);
