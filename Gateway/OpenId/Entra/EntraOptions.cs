namespace Voice.Gateway.OpenId.Entra;

/// <summary>Section <c>OpenId:Entra</c>: work accounts of Microsoft Entra ID. Off without a client.</summary>
internal sealed class EntraOptions
{
    public const string Section = "OpenId:Entra";

    public string Instance { get; set; } = "https://login.microsoftonline.com/";

    /// <summary>The directory whose people may come in; <c>organizations</c> for those of all.</summary>
    public string? TenantId { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    public string DisplayName { get; set; } = "Microsoft";

    /// <summary>
    /// Addresses that this one directory gives count as proven. Without it only those that it marks (<c>xms_edov</c>) do: people and guests can
    /// have any address in a directory of their own.
    /// </summary>
    public bool TrustsEmail { get; set; }

    public bool IsConfigured => !string.IsNullOrEmpty(ClientId);
}
