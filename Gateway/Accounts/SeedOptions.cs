namespace Voice.Gateway.Accounts;

/// <summary>The first administrator and the first API key. Read once, at the first start; secrets without defaults.</summary>
internal sealed class SeedOptions
{
    public const string Section = "Seed";

    public string? AdminPassword { get; set; }

    public string? ApiKey { get; set; }
}
