using System.Text.Json;
using Voice.Client;

namespace Voice.Cli.Tests;

public sealed class TurnLedgerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly MicrophoneClock _microphone;
    private readonly TurnLedger _ledger;

    public TurnLedgerTests()
    {
        _microphone = new MicrophoneClock(_time);
        _ledger = new TurnLedger(_microphone, _time);
    }

    [Fact]
    public void Turn_VoiceToVoice_RunsFromTheLastSampleOfSpeechSentToTheFirstReplyAudio()
    {
        // Speech ends at 200 ms, in the tenth frame, which leaves when it is full; silence goes on until the reply comes at 650 ms.
        Send(frames: 32);
        _time.Advance(TimeSpan.FromMilliseconds(10));
        _ledger.ReplyAudio("resp_1", _time.GetTimestamp());
        _time.Advance(TimeSpan.FromMilliseconds(20));
        _ledger.ReplyAudio("resp_1", _time.GetTimestamp());
        _ledger.Latency(Event("""{"turn_id":"turn_1","response_id":"resp_1","speech_end_ms":200,"stages":{"endpointing":400},"voice_to_voice":440}"""));
        _ledger.Turn(Event("""{"turn_id":"turn_1","sequence":1,"transcript":"hello","confidence":0.5,"reply":"Hi.","latency_ms":{"endpointing":401,"safety":2,"voice_to_voice":441}}"""));

        var turn = Assert.Single(_ledger.Turns);

        Assert.Equal((450.0, 441.0, 0.5), (turn.VoiceToVoiceMs, turn.ServerVoiceToVoiceMs, turn.Confidence));
        Assert.Equal([("endpointing", 401.0), ("safety", 2.0)], turn.Stages.Select(s => (s.Key, s.Value)));
    }

    [Fact]
    public void Turn_WithoutReplyAudio_HasNoVoiceToVoice()
    {
        Send(frames: 20);
        _ledger.Turn(Event("""{"turn_id":"turn_1","sequence":1,"transcript":"hello","confidence":null,"reply":"","latency_ms":{}}"""));

        var turn = Assert.Single(_ledger.Turns);

        Assert.Null(turn.VoiceToVoiceMs);
        Assert.Null(turn.Confidence);
    }

    [Fact]
    public void Latency_OfSpeechThatWasNeverSent_IsNotBelieved()
    {
        Send(frames: 5);
        _ledger.ReplyAudio("resp_1", _time.GetTimestamp());
        _ledger.Latency(Event("""{"turn_id":"turn_1","response_id":"resp_1","speech_end_ms":100000,"stages":{}}"""));
        _ledger.Turn(Event("""{"turn_id":"turn_1"}"""));

        Assert.Null(Assert.Single(_ledger.Turns).VoiceToVoiceMs);
    }

    private void Send(int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(MicrophoneClock.FrameMs));
            _microphone.FrameSent();
        }
    }

    private static RealtimeEvent Event(string json) => new("any", JsonSerializer.Deserialize<JsonElement>(json), 0);
}
