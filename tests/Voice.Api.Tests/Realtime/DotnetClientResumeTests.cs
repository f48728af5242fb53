using Voice.Client;

namespace Voice.Api.Tests.Realtime;

/// <summary>The platform's own client for .NET comes back by itself when the network breaks.</summary>
public sealed class DotnetClientResumeTests : IAsyncLifetime
{
    private readonly RealtimeHost _host = new() { Settings = [("Realtime:ResumeLimit", "00:00:05")] };
    private readonly List<RealtimeEvent> _events = [];
    private CutConnections _network = null!;

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        _network = CutConnections.To(_host.Address);
    }

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("session.created")]
    [InlineData("input_audio_buffer.speech_started")]
    [InlineData("response.created")]
    [InlineData("response.output_audio.delta")]
    public async Task A_conversation_goes_on_when_the_network_breaks(string at)
    {
        var cut = false;
        var conversation = new SpokenConversation(new RealtimeEndpoint(_network.Address, TestIdentity.Token()), "receptionist", new ConversationOptions { Resume = true }, TimeProvider.System)
        {
            OnEvent = received =>
            {
                _events.Add(received);
                if (received.Type == at && !cut)
                {
                    cut = true;
                    _network.Cut();
                }
            },
        };

        var result = await conversation.RunAsync(Speech.ForTheWire(await Speech.SayAsync("When are you open?")), CancellationToken.None).OrTimeout();

        Assert.Equal(1, result.Events["voiceaspire.resumed"]);
        Assert.Equal(1, result.Events["session.created"]);
        Assert.Empty(result.Errors);
        var turn = Assert.Single(result.Turns);
        Assert.Equal(("when are you open", "We are open from nine to five. On Saturday until noon."), (turn.Transcript, turn.Reply));
        // Two clauses of 300 ms: nothing missing, nothing twice.
        Assert.Equal(2 * 300 * 48, result.ReplyAudio.Length);
        var numbers = _events.Where(received => received.Type != "voiceaspire.resumed").Select(received => received.Text("event_id"));
        Assert.Equal(Enumerable.Range(1, _events.Count - 1).Select(number => $"event_{number}"), numbers);
    }
}
