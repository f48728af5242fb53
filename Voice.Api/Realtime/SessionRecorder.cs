using Voice.Api.Sessions;
using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Providers;

namespace Voice.Api.Realtime;

/// <summary>What of a conversation goes into the record. User audio comes from the receive loop, everything else from the send loop.</summary>
internal sealed class SessionRecorder(SessionJournal journal)
{
    private StreamingResampler? _resampler;
    private short[] _samples = [];

    public void RecordUserAudio(ReadOnlySpan<byte> pcm, int rate)
    {
        if (rate == ISpeechSynthesizer.SampleRate)
        {
            journal.RecordUserAudio(pcm);
            return;
        }

        if (_resampler?.From != rate)
        {
            _resampler = new StreamingResampler(rate, ISpeechSynthesizer.SampleRate);
        }

        var input = Pcm16.Samples(pcm);
        if (_samples.Length < _resampler.MaxOutput(input.Length))
        {
            _samples = new short[_resampler.MaxOutput(input.Length)];
        }

        journal.RecordUserAudio(Pcm16.Bytes(_samples.AsSpan(0, _resampler.Process(input, _samples))));
    }

    public void Record(ConversationEvent conversationEvent)
    {
        switch (conversationEvent)
        {
            // What is out of band has no place in the call.
            case ConversationEvent.AudioDelta { At: { } at } audio:
                journal.RecordAssistantAudio(at, audio.Pcm.Span);
                break;
            case ConversationEvent.PlaybackCut cut:
                journal.CutAssistantAudio(cut.At);
                break;
            case ConversationEvent.ResponseDone { Response: { Usage: { } usage } response }
                when usage.InputTextTokens + usage.OutputTextTokens + usage.OutputAudioTokens is > 0 and var tokens:
                journal.CompleteResponse(response.Id, tokens);
                break;
            case ConversationEvent.TurnRecorded { Turn: var turn }:
                journal.CompleteTurn(new TurnRecord(
                    turn.Id, turn.Sequence, turn.Transcript, turn.Confidence, turn.Reply, turn.Language, turn.LatencyMs, turn.StartedAt, turn.CompletedAt));
                break;
        }
    }
}
