using System.Text.Json;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers.Sockets;
using Voice.Inference.Transcription.Live;

namespace Voice.Inference.Providers.AzureSpeech;

/// <summary>
/// One utterance is one turn of the service's, with a request id of its own: context, audio with a WAV header, and an empty audio frame at the commit. The
/// service may end a turn by itself (after very long speech); the utterance then goes on in another.
/// </summary>
internal sealed class AzureSpeechTranscription(
    ProviderSocket socket, AzureSpeechAccount account, string language, TranscriptionOptions options, TimeProvider time)
    : SocketTranscription(socket, AzureSpeechAccount.Who, account.Timeout, options.SampleRate, time)
{
    private const int MostPhrases = 500;
    private const string Wav = "audio/x-wav";

    private readonly string _context = Context(account, language, options.Prompt);

    // Which turn is whose, and where in the utterance it began; answered ones go.
    private readonly Dictionary<string, Turn> _turns = [];

    /// <summary>Who we are and what we send; the service answers nothing to it.</summary>
    public ValueTask ConfigureAsync(CancellationToken cancellationToken)
    {
        var config = JsonSerializer.Serialize(new
        {
            context = new
            {
                system = new { name = "VoiceAspire", version = "1.0", build = "dotnet", lang = "C#" },
                os = new { platform = "server", name = "server", version = "1" },
                audio = new { source = new { bitspersample = 16, channelcount = 1, connectivity = "Unknown", manufacturer = "", model = "", samplerate = SampleRate, type = "Stream" } },
            },
            recognition = "conversation",
        });
        return SendTextAsync("speech.config", AzureSpeechMessage.NewId(), config, cancellationToken);
    }

    protected override async ValueTask SendAudioAsync(LiveUtterance utterance, ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        var turn = utterance.Name;
        if (turn is null)
        {
            turn = AzureSpeechMessage.NewId();
            lock (State)
            {
                utterance.Name = turn;
                _turns.Add(turn, new Turn(utterance, Seconds(utterance.End - pcm.Length - utterance.Start)));
            }

            await SendTextAsync("speech.context", turn, _context, cancellationToken);
            var header = new byte[WavWriter.HeaderLength];
            WavWriter.WriteHeader(header, SampleRate, 1, 0);
            await SendAudioAsync(turn, header, Wav, cancellationToken);
        }

        await SendAudioAsync(turn, pcm, null, cancellationToken);
    }

    protected override async ValueTask SendEndAsync(LiveUtterance ended, CancellationToken cancellationToken)
    {
        string? turn;
        lock (State)
        {
            turn = ended.Name;
            if (turn is null)
            {
                // Its last turn ended by itself, and nothing was said since.
                ended.Answer();
            }
        }

        if (turn is not null)
        {
            await SendAudioAsync(turn, ReadOnlyMemory<byte>.Empty, null, cancellationToken);
        }
    }

    protected override void Receive(bool binary, ReadOnlyMemory<byte> message)
    {
        var frame = AzureSpeechMessage.Parse(message, isText: !binary);
        if (!_turns.TryGetValue(frame.RequestId, out var turn))
        {
            return;
        }

        switch (frame.Path.ToLowerInvariant())
        {
            case "speech.hypothesis":
                Partial(turn.Utterance, ParsePhrase(frame.Body.Span).Text ?? "");
                break;
            case "speech.phrase":
                Heard(turn, ParsePhrase(frame.Body.Span));
                break;
            case "turn.end":
                _turns.Remove(frame.RequestId);
                if (turn.Utterance.Ended)
                {
                    turn.Utterance.Answer(turn.Failure);
                }
                else
                {
                    turn.Utterance.Name = null;
                }

                break;
        }
    }

    protected override ProviderException Closed() => (int?)Socket.CloseStatus switch
    {
        // Bad parameters: the language, or the sound.
        1007 => new("provider_rejected", $"{Who} refused the stream: its language or its audio is not supported."),
        _ => base.Closed(),
    };

    /// <summary>The body of <c>speech.hypothesis</c> and <c>speech.phrase</c>.</summary>
    internal static AzureSpeechPhrase ParsePhrase(ReadOnlySpan<byte> body) => ProviderBody.Parse(body, AzureSpeechWire.Default.AzureSpeechPhrase, AzureSpeechAccount.Who);

    private void Heard(Turn turn, AzureSpeechPhrase phrase)
    {
        switch (phrase.RecognitionStatus)
        {
            case "Success":
                var best = phrase.NBest is [{ } first, ..] ? first : null;
                turn.Utterance.Add(best?.Display ?? phrase.DisplayText ?? "", Measured.ConfidenceOrNone(best?.Confidence), Words(turn, best));
                Partial(turn.Utterance, "");
                break;
            case "TooManyRequests":
                throw new ProviderException("provider_unavailable", $"{Who} limits its rate; try again later.");
            case "Forbidden":
                throw new ProviderException("provider_unavailable", $"{Who} refuses the configured key.");
            case "Error" or "BadRequest":
                turn.Failure = $"{Who} failed at the utterance.";
                break;
        }
    }

    private static IEnumerable<TranscribedWord> Words(Turn turn, AzureSpeechCandidate? best) =>
        from word in best?.Words ?? []
        where word?.Word is not null
        let start = turn.Start + Measured.Seconds(word.Offset / (double)TimeSpan.TicksPerSecond)
        let end = start + Measured.Seconds(word.Duration / (double)TimeSpan.TicksPerSecond)
        select new TranscribedWord(word.Word!, start, end, Measured.Confidence(word.Confidence ?? best!.Confidence));

    private ValueTask SendAudioAsync(string turn, ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) =>
        SendAsync(AzureSpeechMessage.WriteBinary("audio", turn, contentType, payload.Span, Time), binary: true, cancellationToken);

    private ValueTask SendTextAsync(string path, string requestId, string body, CancellationToken cancellationToken) =>
        SendAsync(AzureSpeechMessage.WriteText(path, requestId, "application/json", body, Time), binary: false, cancellationToken);

    private static string Context(AzureSpeechAccount account, string language, string? prompt)
    {
        var phrases = Phrases.Of(prompt, MostPhrases);
        var grammar = phrases.Count == 0 ? null : new AzureSpeechGrammar([new("Generic", [.. phrases.Select(phrase => new AzureSpeechItem(phrase))])], 1);
        var context = new AzureSpeechContext(new(account.IsFirstProtocol ? null : "Conversation", language), new("Detailed"), grammar);
        return JsonSerializer.Serialize(context, AzureSpeechWire.Default.AzureSpeechContext);
    }

    private sealed class Turn(LiveUtterance utterance, double start)
    {
        public LiveUtterance Utterance { get; } = utterance;

        /// <summary>Seconds of the utterance before it.</summary>
        public double Start { get; } = start;

        public string? Failure { get; set; }
    }
}
