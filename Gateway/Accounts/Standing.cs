namespace Voice.Gateway.Accounts;

/// <summary>What a sign-in is worth now: whether its password is still the one, and what its user may do in its organization.</summary>
internal sealed record Standing(string Email, string SecurityStamp, string Role, bool LacksSecondFactor);
