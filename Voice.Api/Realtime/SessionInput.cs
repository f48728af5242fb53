using Voice.Api.Realtime.Wire;
using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Replay;

namespace Voice.Api.Realtime;

/// <summary>
/// What a client says, whatever connection it comes by: to the conversation and the record. While it cannot be heard, silence stands for
/// its audio, so that the input audio clock and the recording keep time. Thread-safe.
/// </summary>
internal sealed class SessionInput(
    Conversation conversation, SessionRecorder recorder, RealtimeSender sender, SessionOutput output, SessionState state, SessionLog? log, RealtimeServices services)
{
    private static readonly byte[] Silence = new byte[48_000 / 10 * sizeof(short)];

    // A connection that is being taken over and the one that does.
    private readonly Lock _gate = new();
    private readonly AudioAppend _append = new();
    private short[] _samples = [];
    private SessionState _state = state;

    /// <summary>When audio was last appended; null before the first.</summary>
    private long? _heardAt;

    public void Process(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            ProcessOne(message);
        }
    }

    /// <summary>Silence from the last audio until now.</summary>
    public void FillSilence()
    {
        lock (_gate)
        {
            if (_heardAt is not { } heardAt)
            {
                return;
            }

            var block = Silence.AsSpan(0, _state.InputFormat.Rate / 10 * sizeof(short));
            var now = services.Time.GetTimestamp();
            var missing = (long)(services.Time.GetElapsedTime(heardAt, now).TotalSeconds * _state.InputFormat.Rate) * sizeof(short);
            for (; missing > 0; missing -= block.Length)
            {
                Take(block[..(int)Math.Min(missing, block.Length)]);
            }

            _heardAt = now;
        }
    }

    private void ProcessOne(ReadOnlyMemory<byte> message)
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
            if (ClientEvents.Acknowledged(document.RootElement) is { } number)
            {
                output.Acknowledge(number);
                return;
            }

            if (ClientEvents.IsResponseCreate(document.RootElement) && !sender.Rate.TryTake())
            {
                throw new ProtocolException(
                    "rate_limit_exceeded", $"response.create: at most {sender.Rate.Limit} responses can be asked for within a minute.");
            }

            var updated = ClientEvents.Handle(document.RootElement, conversation, _state with { HasSpoken = sender.HasSpoken });
            // Only what was accepted, so that a replay need not know why the rest was not.
            log?.Client(message.Span);
            if (updated is not null)
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

    /// <param name="audio">In the session's input format.</param>
    public void ProcessBinary(ReadOnlyMemory<byte> audio)
    {
        lock (_gate)
        {
            ProcessOneBinary(audio.Span);
        }
    }

    private void ProcessOneBinary(ReadOnlySpan<byte> audio)
    {
        try
        {
            if (!_state.BinaryAudio)
            {
                throw new ProtocolException("binary_audio_not_enabled", """Binary messages are audio once session.voiceaspire.binary_audio is true; until then send JSON text.""");
            }

            if (audio.Length > AudioAppend.MaxAudio)
            {
                throw new ProtocolException("audio_too_large", "One message takes at most 15 MiB of audio.");
            }

            Append(audio);
        }
        catch (ProtocolException problem)
        {
            Refuse(problem);
        }
    }

    public void Refuse(ProtocolException problem, string? eventId = null)
    {
        services.Metrics.Error(problem.Code);
        conversation.Tell(new ConversationEvent.Error("invalid_request_error", problem.Code, problem.Message, problem.Param, eventId));
    }

    private void Append(ReadOnlySpan<byte> audio)
    {
        var format = _state.InputFormat;
        var pcm = audio;
        if (format.Encoding != AudioEncoding.Pcm)
        {
            if (_samples.Length < audio.Length)
            {
                _samples = new short[audio.Length];
            }

            format.Decode(audio, _samples);
            pcm = Pcm16.Bytes(_samples.AsSpan(0, audio.Length));
        }
        else if (audio.Length % 2 != 0)
        {
            throw new ProtocolException("invalid_audio", $"audio/pcm has 2 bytes per sample; {audio.Length} bytes are no whole number of samples.", "audio");
        }

        if (!pcm.IsEmpty)
        {
            _heardAt = services.Time.GetTimestamp();
            Take(pcm);
        }
    }

    private void Take(ReadOnlySpan<byte> pcm)
    {
        recorder.RecordUserAudio(pcm, _state.InputFormat.Rate);
        log?.Audio(pcm);
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
