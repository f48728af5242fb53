using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Voice.Gateway.DataProtection;

/// <summary>Keeps the keys that protect cookies where every gateway finds them, so that a restart or a second gateway signs nobody out.</summary>
internal sealed class PostgresKeyRepository(NpgsqlDataSource database, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.OpenConnection();
        return [.. connection.Query<string>("select xml from identity.data_protection_keys order by created_at").Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.OpenConnection();
        connection.Execute(
            """
            insert into identity.data_protection_keys (friendly_name, xml, created_at) values (@friendlyName, @xml, @now)
            on conflict (friendly_name) do update set xml = excluded.xml
            """,
            new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting), now = time.GetUtcNow().UtcDateTime });
    }
}
