using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Providers.OpenAi;

/// <summary>
/// A session of transcription without turn detection: each commit becomes an item, whose transcript comes under its id, perhaps after that of a later one.
/// Audio is 24 kHz there.
/// </summary>
internal sealed class OpenAiLiveTranscription(ProviderSocket socket, string who, TimeSpan timeout, int sampleRate, TimeProvider time)
    : SocketTranscription(socket, who, timeout, sampleRate, time)
{
    public const int WireRate = 24_000;

    private static readonly ReadOnlyMemory<byte> ClearEvent = """{"type":"input_audio_buffer.clear"}"""u8.ToArray();

    private readonly StreamingResampler _resampler = new(sampleRate, WireRate, prompt: true);
    private readonly ArrayBufferWriter<byte> _event = new();
    private readonly Dictionary<string, StringBuilder> _written = [];

    /// <summary>Says what will be sent, and waits until it is agreed upon.</summary>
    public async Task ConfigureAsync(string model, string language, string? prompt, CancellationToken cancellationToken)
    {
        var update = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "session.update",
            session = new
            {
                type = "transcription",
                audio = new
                {
                    input = new
                    {
                        format = new { type = "audio/pcm", rate = WireRate },
                        noise_reduction = (object?)null,
                        transcription = prompt is null ? (object)new { model, language } : new { model, language, prompt },
                        turn_detection = (object?)null,
                    },
                },
            },
        });
        await SendAsync(update, binary: false, cancellationToken);
        while (true)
        {
            var received = await Socket.ReceiveAsync(cancellationToken) ?? throw Closed();
            var answer = received.IsText ? OpenAiTranscripts.ParseRealtime(received.Payload.Span, Who) : throw ProviderBody.Unreadable(Who);
            if (answer.Type == "error")
            {
                throw StreamFailures.FromEvent(Who, answer.Error?.Type, answer.Error?.Code, answer.Error?.Message);
            }

            if (answer.Type == "session.updated")
            {
                return;
            }
        }
    }

    protected override ValueTask SendAudioAsync(LiveUtterance utterance, ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        var samples = ArrayPool<short>.Shared.Rent(_resampler.MaxOutput(pcm.Length / sizeof(short)));
        try
        {
            var count = _resampler.Process(Pcm16.Samples(pcm.Span), samples);
            Write(Pcm16.Bytes(samples.AsSpan(0, count)));
        }
        finally
        {
            ArrayPool<short>.Shared.Return(samples);
        }

        return SendAsync(_event.WrittenMemory, binary: false, cancellationToken);
    }

    protected override async ValueTask SendEndAsync(LiveUtterance ended, CancellationToken cancellationToken)
    {
        if (ended.Cleared)
        {
            _resampler.Reset();
            lock (State)
            {
                ended.Answer();
            }

            await SendAsync(ClearEvent, binary: false, cancellationToken);
            return;
        }

        var rest = new short[_resampler.MaxFlush];
        if (_resampler.Flush(rest) is > 0 and var count)
        {
            Write(Pcm16.Bytes(rest.AsSpan(0, count)));
            await SendAsync(_event.WrittenMemory, binary: false, cancellationToken);
        }

        var commit = Encoding.UTF8.GetBytes($$"""{"type":"input_audio_buffer.commit","event_id":"{{CommitOf(ended)}}"}""");
        await SendAsync(commit, binary: false, cancellationToken);
    }

    protected override void Receive(bool binary, ReadOnlyMemory<byte> message)
    {
        var received = binary ? throw ProviderBody.Unreadable(Who) : OpenAiTranscripts.ParseRealtime(message.Span, Who);
        switch (received.Type)
        {
            case "input_audio_buffer.committed":
                Of(received.ItemId);
                break;
            case "conversation.item.input_audio_transcription.delta" when Of(received.ItemId) is { } spoken:
                var written = _written.TryGetValue(received.ItemId!, out var begun) ? begun : _written[received.ItemId!] = new StringBuilder();
                Partial(spoken, written.Append(received.Delta).ToString());
                break;
            case "conversation.item.input_audio_transcription.completed" when Of(received.ItemId) is { } done:
                _written.Remove(received.ItemId!);
                done.Add(received.Transcript ?? "");
                done.Answer();
                break;
            case "conversation.item.input_audio_transcription.failed" when Of(received.ItemId) is { } failed:
                _written.Remove(received.ItemId!);
                failed.Answer($"{Who} failed at the utterance.");
                break;
            case "error":
                Refused(received.Error);
                break;
        }
    }

    private void Refused(OpenAiEventError? error)
    {
        if (error?.EventId is { } id && Open.FirstOrDefault(open => CommitOf(open) == id) is { } refused)
        {
            // Less than a tenth of a second: nothing was said in it.
            refused.Answer(error.Code == "input_audio_buffer_commit_empty" ? null : $"{Who} refused the utterance.");
        }
        else if (error?.Code == "session_expired" || error?.Type == "server_error")
        {
            throw new ProviderException("provider_unavailable", $"{Who} ended the session.");
        }
    }

    /// <summary>Items are named in the order of the commits, at the commit or at the first words before it.</summary>
    private LiveUtterance? Of(string? item)
    {
        if (item is null)
        {
            return null;
        }

        var known = Open.FirstOrDefault(open => open.Name == item) ?? (Current.Name == item ? Current : null);
        if (known is null && _written.Count < 256)
        {
            known = Open.FirstOrDefault(open => open is { Name: null, Cleared: false, Answered: false }) ?? (Current.Name is null ? Current : null);
            if (known is not null)
            {
                known.Name = item;
            }
        }

        return known;
    }

    private static string CommitOf(LiveUtterance utterance) => string.Create(CultureInfo.InvariantCulture, $"commit_{utterance.Index}");

    private void Write(ReadOnlySpan<byte> pcm)
    {
        _event.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_event);
        json.WriteStartObject();
        json.WriteString("type"u8, "input_audio_buffer.append"u8);
        json.WriteBase64String("audio"u8, pcm);
        json.WriteEndObject();
    }
}
