using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Replay;
using Voice.Core.Tests.Turns;

namespace Voice.Core.Tests.Conversations;

/// <summary>One conversation in virtual time, with scripted providers. Nothing happens unless the test lets time pass.</summary>
internal sealed class Scene : IDisposable
{
    private static readonly short[] Voice = Signals.Speech(30, -20);

    private readonly VirtualThread _thread = new();
    private readonly SynchronizationContext? _before = SynchronizationContext.Current;
    private Task? _reading;

    public Scene(
        AgentProfile? agent = null, ConversationSettings? settings = null, bool greet = false, bool reading = true, Func<string, string>? newId = null,
        Func<ConversationProviders, ManualTimeProvider, ConversationProviders>? with = null)
    {
        SynchronizationContext.SetSynchronizationContext(_thread);
        Transcriber = new ScriptedTranscriber(Time);
        Model = new ScriptedModel(Time);
        Speech = new ScriptedSpeech(Time);
        var providers = new ConversationProviders(Transcriber, Model, Speech, Translator);
        Conversation = new Conversation(
            agent ?? Agent(), (settings ?? new ConversationSettings()) with { InputSampleRate = 16_000 }, with?.Invoke(providers, Time) ?? providers, Time, newId);
        if (reading)
        {
            Read();
        }

        Conversation.Start(greet);
        _thread.RunUntilIdle();
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedTranscriber Transcriber { get; }

    public ScriptedModel Model { get; }

    public ScriptedSpeech Speech { get; }

    public ScriptedTranslator Translator { get; } = new();

    public Conversation Conversation { get; }

    public List<ConversationEvent> Events { get; } = [];

    /// <summary>When each of <see cref="Events"/> reached the client.</summary>
    public List<DateTimeOffset> Times { get; } = [];

    public static AgentProfile Agent(string mode = "agent", string? target = null) =>
        new(mode, "en", target, "Be brief.", "Hello, how can I help?", null, null, null, null, [new Knowledge("Hours", "Nine to five.")]);

    public List<T> All<T>() where T : ConversationEvent => [.. Events.OfType<T>()];

    public DateTimeOffset TimeOf(ConversationEvent conversationEvent) => Times[Events.FindIndex(e => ReferenceEquals(e, conversationEvent))];

    public T Single<T>() where T : ConversationEvent => Assert.Single(All<T>());

    /// <summary>The user speaks in real time.</summary>
    public void Speak(double seconds) => Feed(Voice.AsSpan(0, (int)(seconds * 16_000)));

    /// <summary>The microphone is open and nobody speaks.</summary>
    public void Quiet(double seconds) => Feed(new short[(int)(seconds * 16_000)]);

    /// <summary>Time passes without audio.</summary>
    public void Wait(double seconds)
    {
        for (var left = seconds; left > 0.0001; left -= 0.01)
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            _thread.RunUntilIdle();
        }
    }

    /// <summary>The client reads from now on.</summary>
    public void Read() => _reading ??= ReadAsync();

    public void Run() => _thread.RunUntilIdle();

    public void End() => _thread.RunUntil(Conversation.DisposeAsync().AsTask());

    public void Dispose()
    {
        End();
        Read();
        _thread.RunUntil(_reading!);
        SynchronizationContext.SetSynchronizationContext(_before);
    }

    private void Feed(ReadOnlySpan<short> samples)
    {
        for (; samples.Length >= 320; samples = samples[320..])
        {
            Time.Advance(TimeSpan.FromMilliseconds(10));
            _thread.RunUntilIdle();
            Time.Advance(TimeSpan.FromMilliseconds(10));
            Conversation.AppendAudio(Pcm16.Bytes(samples[..320]));
            _thread.RunUntilIdle();
        }
    }

    private async Task ReadAsync()
    {
        await foreach (var next in Conversation.Events.ReadAllAsync(CancellationToken.None))
        {
            Events.Add(next);
            Times.Add(Time.GetUtcNow());
        }
    }
}
