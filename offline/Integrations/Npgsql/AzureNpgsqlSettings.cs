using TokenCredential = global::Azure.Core.TokenCredential;

namespace Aspire.Azure.Npgsql;

public sealed class AzureNpgsqlSettings : Aspire.Npgsql.NpgsqlSettings
{
    /// <summary>Asked for a token where the connection string has no password.</summary>
    public TokenCredential? Credential { get; set; }
}
