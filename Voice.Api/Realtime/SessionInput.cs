using Voice.Api.Realtime.Wire;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime;

/// <summary>What a client says, whatever connection it comes by: to the conversation and the record. One caller at a time.</summary>
internal sealed class SessionInput(Conversation conversation, SessionRecorder recorder, RealtimeSender sender, SessionState state, RealtimeServices services)
{
    private readonly AudioAppend _append = new();
    private SessionState _state = state;

    public void Process(ReadOnlyMemory<byte> message)
    {
        string? eventId = null;
        try
        {
            if (_append.TryRead(message.Span))
            {
                Append(_append.Pcm);
                return;
            }

            using var document = ClientEvents.Parse(message);
            eventId = ClientEvents.EventId(document.RootElement);
            if (ClientEvents.Handle(document.RootElement, conversation, _state) is { } updated)
            {
                _state = updated;
                sender.Update(updated);
                conversation.Update(_ => updated.ToSettings());
                conversation.Tell(new ConversationEvent.Notice(updated));
            }
        }
        catch (ProtocolException problem)
        {
            Refuse(problem, eventId ?? TryEventId(message));
        }
    }

    public void Refuse(ProtocolException problem, string? eventId = null)
    {
        services.Metrics.Error(problem.Code);
        conversation.Tell(new ConversationEvent.Error("invalid_request_error", problem.Code, problem.Message, problem.Param, eventId));
    }

    private void Append(ReadOnlySpan<byte> pcm)
    {
        if (pcm.IsEmpty)
        {
            return;
        }

        if (pcm.Length % 2 != 0)
        {
            throw new ProtocolException("invalid_audio", $"audio/pcm has 2 bytes per sample; {pcm.Length} bytes are no whole number of samples.", "audio");
        }

        recorder.RecordUserAudio(pcm, _state.InputRate);
        conversation.AppendAudio(pcm);
        if (services.Options.Echo)
        {
            conversation.Tell(new ConversationEvent.Notice(new EchoedAudio(pcm.ToArray())));
        }
    }

    /// <summary>An append that was refused before it was parsed in full.</summary>
    private static string? TryEventId(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = ClientEvents.Parse(message);
            return ClientEvents.EventId(document.RootElement);
        }
        catch (ProtocolException)
        {
            return null;
        }
    }
}
