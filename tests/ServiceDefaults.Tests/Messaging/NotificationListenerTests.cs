using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Voice;
using Voice.ServiceDefaults.Messaging.Postgres;

namespace ServiceDefaults.Tests.Messaging;

public sealed class NotificationListenerTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("transcription-jobs")]
    public async Task A_notification_ends_the_wait_whatever_its_channel_is_called(string channel)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var listener = new NotificationListener(source, channel, TimeProvider.System, NullLogger.Instance);
        // The first wait ends when it listens.
        await listener.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None).OrTimeout();

        await using var notify = source.CreateCommand("select pg_notify($1, '')");
        notify.Parameters.AddWithValue(channel);
        await notify.ExecuteNonQueryAsync();

        await listener.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None).OrTimeout();
    }
}
