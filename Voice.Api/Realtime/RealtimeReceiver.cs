using System.Net.WebSockets;
using Voice.Api.Realtime.Wire;
using Voice.Core.Conversations;

namespace Voice.Api.Realtime;

/// <summary>The receive loop: client events to the conversation. Waits for nothing but the socket.</summary>
internal sealed class RealtimeReceiver(
    RealtimeSocket socket, Conversation conversation, SessionRecorder recorder, RealtimeSender sender, SessionState state, RealtimeServices services)
{
    private readonly AudioAppend _append = new();
    private SessionState _state = state;

    /// <summary>Owns how receiving ends; what a message does is <see cref="Process"/>.</summary>
    public async Task<EndReason> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var (kind, message) = await socket.ReceiveAsync(cancellationToken);
                switch (kind)
                {
                    case ReceivedKind.Close:
                        return EndReason.ClientClosed;
                    case ReceivedKind.TooLarge:
                        Refuse(new ProtocolException("message_too_large", "A message takes at most 15 MiB of audio in base64; the connection is closed."), null);
                        return EndReason.Error;
                    case ReceivedKind.Binary:
                        Refuse(new ProtocolException("not_supported", "Binary messages are not supported yet; send JSON text."), null);
                        break;
                    default:
                        Process(message);
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // Vanished in the middle of a frame, stopped answering pings, or was cut off here after its time was up.
            return EndReason.ConnectionLost;
        }
    }

    private void Process(ReadOnlyMemory<byte> message)
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
    }

    private void Refuse(ProtocolException problem, string? eventId)
    {
        services.Metrics.Error(problem.Code);
        conversation.Tell(new ConversationEvent.Error("invalid_request_error", problem.Code, problem.Message, problem.Param, eventId));
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
