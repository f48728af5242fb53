using System.Collections.Concurrent;
using Voice.Core.Audio;
using Voice.Core.Providers;
using Voice.Inference.Processes;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Routing;

namespace Voice.Inference.Voices;

/// <summary>
/// What a voice sounds like, made once and kept for a while: samples cost their callers nothing, so they must not cost the installation much. Two are made at a time.
/// </summary>
internal sealed class VoiceSamples(TimeProvider time)
{
    private const int Most = 64;
    private const int MaxBytes = 20 * ISpeechSynthesizer.SampleRate * sizeof(short);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Queue = TimeSpan.FromSeconds(5);

    // A voice of another language counts: every engine reads digits in its own.
    private const string Digits = "1, 2, 3, 4, 5.";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "Good morning. This is how I sound. How can I help you today?",
        ["es"] = "Buenos días. Así es como sueno. ¿En qué puedo ayudarle hoy?",
        ["fr"] = "Bonjour. Voici comment je parle. Comment puis-je vous aider ?",
        ["de"] = "Guten Morgen. So klinge ich. Wie kann ich Ihnen helfen?",
        ["pt"] = "Bom dia. É assim que eu falo. Como posso ajudar?",
        ["it"] = "Buongiorno. Questa è la mia voce. Come posso aiutarla?",
        ["ko"] = "안녕하세요. 제 목소리는 이렇습니다. 무엇을 도와드릴까요?",
        ["ja"] = "おはようございます。これが私の声です。ご用件は何でしょうか。",
        ["zh"] = "早上好。这是我的声音。请问有什么可以帮您？",
        ["hi"] = "नमस्ते। मेरी आवाज़ ऐसी है। मैं आपकी क्या मदद कर सकती हूँ?",
    };

    private readonly ConcurrentDictionary<(string Entry, string Voice), (byte[] Wav, DateTimeOffset Made)> _made = new();
    private readonly SemaphoreSlim _making = new(2, 2);

    /// <returns>A WAV file.</returns>
    public async Task<byte[]> GetAsync(ProviderEntry entry, ProviderVoice voice, CancellationToken cancellationToken)
    {
        if (Find(entry, voice) is { } kept)
        {
            return kept;
        }

        if (!await _making.WaitAsync(Queue, cancellationToken))
        {
            throw new EngineSaturatedException("voice samples", 2, Queue);
        }

        try
        {
            // Who waited may find that it was made meanwhile.
            return Find(entry, voice) ?? Keep(entry, voice, await MakeAsync(entry, voice, cancellationToken));
        }
        finally
        {
            _making.Release();
        }
    }

    private byte[]? Find(ProviderEntry entry, ProviderVoice voice) =>
        _made.TryGetValue((entry.Key, voice.Id), out var known) && time.GetUtcNow() - known.Made < Kept ? known.Wav : null;

    private byte[] Keep(ProviderEntry entry, ProviderVoice voice, byte[] wav)
    {
        while (_made.Count >= Most && _made.MinBy(sample => sample.Value.Made) is { Key: var oldest })
        {
            _made.TryRemove(oldest, out _);
        }

        _made[(entry.Key, voice.Id)] = (wav, time.GetUtcNow());
        return wav;
    }

    private async Task<byte[]> MakeAsync(ProviderEntry entry, ProviderVoice voice, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var pcm = new MemoryStream();
        var language = voice.Languages.Count > 0 ? voice.Languages[0] : "en";
        try
        {
            await foreach (var block in entry.Provider.Synthesizer!.SynthesizeAsync(new SpeechRequest(Texts.GetValueOrDefault(language.Split('-')[0], Digits), language, null, voice.Id), stop.Token))
            {
                pcm.Write(block.Span[..(int)Math.Min(block.Length, MaxBytes - pcm.Length)]);
            }
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException("provider_unavailable", "The voice did not speak in time.", failure);
        }

        return WavWriter.Write(pcm.GetBuffer().AsSpan(0, (int)pcm.Length), ISpeechSynthesizer.SampleRate);
    }
}
