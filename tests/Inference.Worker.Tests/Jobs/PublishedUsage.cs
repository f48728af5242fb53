using System.Globalization;

namespace Voice.Inference.Tests.Jobs;

/// <summary>What was published as used. The relay takes messages away as soon as they are committed; this keeps what they said.</summary>
internal static class PublishedUsage
{
    public static Task KeepAsync(TestDatabase database) => database.ExecuteAsync(
        """
        create table inference.published (body jsonb not null);
        create function inference.keep() returns trigger language plpgsql as
            $$ begin if new.type = 'UsageRecorded' then insert into inference.published values (new.body::jsonb); end if; return null; end $$;
        create trigger keep after insert on inference.outbox for each row execute function inference.keep()
        """);

    /// <summary>Organization, subject, kind, quantity, reserved.</summary>
    public static async Task<List<string>> ReadAsync(TestDatabase database)
    {
        await using var command = database.DataSource.CreateCommand(
            "select body->>'organization_id', body->>'subject', body->>'kind', (body->>'quantity')::numeric, body->>'reserved' from inference.published order by body::text");
        await using var reader = await command.ExecuteReaderAsync();
        List<string> published = [];
        while (await reader.ReadAsync())
        {
            published.Add($"{reader.GetString(0)} {reader.GetString(1)} {reader.GetString(2)} {reader.GetDecimal(3).ToString("0.###", CultureInfo.InvariantCulture)} {reader.GetString(4)}");
        }

        return published;
    }
}
