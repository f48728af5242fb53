namespace Voice.Gateway.Organizations;

internal sealed record OrganizationView(string Id, string Name, bool RequireSecondFactor, DateTimeOffset CreatedAt);

internal sealed record OrganizationRow(string Id, string Name, bool RequireSecondFactor, DateTime CreatedAt, int Version)
{
    public OrganizationView AsView() => new(Id, Name, RequireSecondFactor, new DateTimeOffset(CreatedAt, TimeSpan.Zero));
}

/// <summary>What is absent stays as it is.</summary>
internal sealed record ChangeOrganizationBody(string? Name, bool? RequireSecondFactor);

internal sealed record NewOrganizationBody(string? Name);

internal sealed record MembershipList(IReadOnlyList<Accounts.MembershipView> Data);

internal sealed record Member(string UserId, string Email, string Role, bool SecondFactor, DateTimeOffset JoinedAt);

internal sealed record MemberRow(string UserId, string Email, string Role, bool SecondFactor, DateTime CreatedAt)
{
    public Member AsMember() => new(UserId, Email, Role, SecondFactor, new DateTimeOffset(CreatedAt, TimeSpan.Zero));
}

internal sealed record ChangeMemberBody(string? Role);
