using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;

namespace Voice.Inference.Tests.Providers.Speech;

/// <summary>Services whose connection waits for the next request.</summary>
public abstract class WarmSpeechConformance : SpeechConformance
{
    private static readonly SpeechRequest Request = new("Yes.", "en-US");

    [Fact]
    public async Task The_next_request_takes_the_connection_of_the_one_before()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.NotEmpty(await Speak(Request).ToListAsync().AsTask().OrTimeout());
        }

        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_connection_does_not_wait_for_long()
    {
        await Speak(Request).ToListAsync().AsTask().OrTimeout();
        Assert.Equal(1, Server.Open);

        Time.Advance(WarmSockets.Kept);
        await Deadline.Until(() => Task.FromResult(Server.Open == 0));
        Assert.NotEmpty(await Speak(Request).ToListAsync().AsTask().OrTimeout());
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_the_service_gave_up_is_replaced_unnoticed()
    {
        using var giveUp = new CancellationTokenSource();
        var talk = Server.Talk!;
        Server.Talk = async (socket, request, cancellationToken) =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, giveUp.Token);
            await talk(socket, request, either.Token);
        };
        await Speak(Request).ToListAsync().AsTask().OrTimeout();
        Server.Talk = talk;
        await giveUp.CancelAsync();
        await Deadline.Until(() => Task.FromResult(Server.Open == 0));

        Assert.NotEmpty(await Speak(Request).ToListAsync().AsTask().OrTimeout());
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task A_request_left_in_the_middle_leaves_its_connection_to_nobody()
    {
        await foreach (var _ in Speak(Request))
        {
            break;
        }

        await Deadline.Until(() => Task.FromResult(Server.Open == 0));
        Assert.NotEmpty(await Speak(Request).ToListAsync().AsTask().OrTimeout());
        Assert.Equal(2, Server.Requests.Count);
    }
}
