namespace Voice.Gateway.Organizations;

internal sealed record Membership(string OrganizationId, string OrganizationName, string Role, bool RequireSecondFactor);
