using Npgsql;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Bench.Bus;

/// <summary>What handlers mostly do: one write in the transaction they are given. It has no key that would hide a second effect.</summary>
internal sealed class BusHandler : IMessageHandler<TurnCompleted>
{
    public async Task HandleAsync(TurnCompleted message, MessageContext context, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into safety.effects (session, sequence) values ($1, $2)", context.Connection, context.Transaction)
        {
            Parameters = { new() { Value = message.SessionId }, new() { Value = message.Sequence } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
