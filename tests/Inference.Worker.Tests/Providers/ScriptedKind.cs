using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Providers;
using Voice.Inference.Transcription;
using TranscriptionOptions = Voice.Core.Providers.TranscriptionOptions;

namespace Voice.Inference.Tests.Providers;

/// <summary>A kind whose providers do what the test says: here it is about what is around providers, the wire is the adapters' own tests'.</summary>
internal sealed class ScriptedKind : IProviderKind
{
    public string Name => "scripted";

    /// <summary>Who was asked what, with which model: <c>a speech tiny</c>.</summary>
    public List<string> Asked { get; } = [];

    public Func<string, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public Func<string, IReadOnlyList<ChatResponseUpdate>> Reply { get; set; } = name => [new(ChatRole.Assistant, $"I am {name}."), new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop }];

    public Func<CancellationToken, Task> Check { get; set; } = _ => Task.CompletedTask;

    IEnumerable<string> IProviderKind.Check(ProviderSettings settings) =>
        string.IsNullOrEmpty(settings.ApiKey) ? ["Providers:<name>:ApiKey is required: the scripted service's key."] : [];

    public Provider Create(string name, ProviderSettings settings)
    {
        var seams = new Seams(this, name);
        string[] languages = settings.Options.TryGetValue("Languages", out var listed) ? listed.Split(' ') : [];
        return new Provider(name, Name)
        {
            LiveTranscriber = seams,
            FileTranscriber = seams,
            Synthesizer = seams,
            Chat = seams,
            Translator = seams,
            Capabilities =
            [
                .. Enum.GetValues<Capability>().Select(capability => new ProviderCapability(capability)
                {
                    Streaming = true, Languages = languages, Models = ["tiny", "large"], TranslatesToEnglish = settings.Options.ContainsKey("ToEnglish"),
                    Price = new ProviderPrice { PerAudioMinute = 0.006m, PerMillionCharacters = 15, PerMillionInputTokens = 2, PerMillionOutputTokens = 8 },
                }),
            ],
            CheckAsync = token => Check(token),
        };
    }

    private async Task AskAsync(string what, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add(what);
        }

        await Before(what.Split(' ')[0], cancellationToken);
    }

    private sealed class Seams(ScriptedKind kind, string name) : ILiveTranscriber, IFileTranscriber, ISpeechSynthesizer, IChatClient, ITranslator
    {
        public async ValueTask<ILiveTranscription> StartAsync(TranscriptionOptions options, CancellationToken cancellationToken)
        {
            await kind.AskAsync($"{name} live {options.Model}", cancellationToken);
            return new ScriptedTranscription(name);
        }

        public async IAsyncEnumerable<TranscribedSegment> TranscribeAsync(
            WavAudio audio, FileTranscriptionOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await kind.AskAsync($"{name} file {options.Model}", cancellationToken);
            yield return new TranscribedSegment(0, audio.Duration.TotalSeconds, $"heard by {name}", 1, []);
        }

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> SynthesizeAsync(SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await kind.AskAsync($"{name} speech {request.Model}", cancellationToken);
            yield return new byte[480];
        }

        public async ValueTask<string> TranslateAsync(string text, string from, string to, CancellationToken cancellationToken)
        {
            await kind.AskAsync($"{name} translation", cancellationToken);
            return $"{text} by {name}";
        }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
            await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await kind.AskAsync($"{name} chat {options?.ModelId}", cancellationToken);
            foreach (var update in kind.Reply(name))
            {
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
