using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Voice.Core.Audio;
using Voice.Core.Conversations;
using Voice.Core.Providers;
using Voice.Core.Replay;
using Voice.Core.Tests.Conversations;
using Voice.Core.Tests.Turns;

namespace Voice.Core.Tests.Replay;

public sealed class SessionReplayTests
{
    private static readonly SessionLogHeader Header = new("sess_1", "receptionist", 3, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Greet: true);

    private static readonly AgentProfile Agent = Scene.Agent();

    private static readonly ConversationSettings Settings = new() { InputSampleRate = 16_000 };

    public static TheoryData<string> Conversations => ["plain", "interrupted", "typed", "broken transcriber", "failing model", "client away", "audio"];

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task A_replay_gives_the_events_of_the_conversation_byte_for_byte_however_often(string conversation)
    {
        var (log, events) = Record(conversation);
        var recording = SessionRecording.Read(log);
        var once = await SessionReplay.RunAsync(recording, Setup(), CancellationToken.None).OrTimeout();
        var twice = await SessionReplay.RunAsync(SessionRecording.Read(log), Setup(), CancellationToken.None).OrTimeout();

        Assert.True(recording.Complete);
        Assert.Equal(Header, recording.Header);
        Assert.NotEmpty(once.Turns);
        Assert.Equal(Text(events), Text(once.Events));
        Assert.Equal(Text(once.Events), Text(twice.Events));
    }

    [Fact]
    public async Task Another_agent_is_asked_for_real_and_hears_what_was_said()
    {
        var (log, _) = Record("interrupted");
        using var model = new SlowModel();
        var result = await SessionReplay.RunAsync(
            SessionRecording.Read(log), Setup() with { Agent = Agent with { Instructions = "Be long." }, Model = model, Afterwards = TimeSpan.FromSeconds(30) }, CancellationToken.None).OrTimeout();

        Assert.Equal(["when are you open", "where can I park"], result.Turns.Select(turn => turn.Transcript));
        Assert.All(model.Calls, call => Assert.StartsWith("Be long.", call[0].Text, StringComparison.Ordinal));
        Assert.Equal(SlowModel.Answer, result.Turns[^1].Reply);
        // Its own time, although nothing waited for it in the replay's.
        Assert.InRange(result.Turns[^1].LatencyMs["first_token"], 20, 5_000);
    }

    [Fact]
    public void A_log_that_ends_in_the_middle_of_an_entry_is_read_up_to_there()
    {
        var (log, _) = Record("plain");
        var recording = SessionRecording.Read(log.AsMemory(0, log.Length / 2));
        Assert.False(recording.Complete);
        Assert.InRange(recording.Length, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("RIFF and what a recording is made of")]
    public void What_is_no_log_is_said_to_be_none(string content) =>
        Assert.Throws<InvalidDataException>(() => SessionRecording.Read(Encoding.UTF8.GetBytes(content)));

    /// <summary>A conversation of some seconds, in virtual time, with its log.</summary>
    private static (byte[] Log, List<ConversationEvent> Events) Record(string kind)
    {
        using var thread = new VirtualThread();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            var time = new VirtualTime(Header.StartedAt, thread);
            var sink = new MemorySink();
            var log = new SessionLog(Header, sink, time);
            var transcriber = new ScriptedTranscriber(time);
            transcriber.Texts.Enqueue("when are you open");
            transcriber.Texts.Enqueue("where can I park");
            var model = new ScriptedModel(time) { FailAfter = kind == "failing model" ? 5 : null };
            var conversation = new Conversation(
                Agent, Settings, log.Listen(new ConversationProviders(transcriber, model, new ScriptedSpeech(time), new ScriptedTranslator())), time, new SessionIds(Header.SessionId).Next);
            List<ConversationEvent> events = [];
            var reading = ReadAsync(conversation, events);
            conversation.Start(Header.Greet);
            Feed(new short[16_000 * 3]);
            if (kind is "typed" or "audio")
            {
                // Audio is written down on a stream of its own, while the user speaks on the other.
                Client(kind == "typed" ? "when are you open" : kind);
            }

            Feed(Signals.Speech(1, -20));
            if (kind == "broken transcriber")
            {
                transcriber.Streams[^1].Break();
            }
            else
            {
                transcriber.Streams[0].Partial("when are");
            }

            Feed(new short[(int)(16_000 * 1.2)]);
            if (kind == "client away")
            {
                log.PausePlayback();
                conversation.PausePlayback();
                Feed(new short[16_000 * 2]);
                log.ContinuePlayback();
                conversation.ContinuePlayback();
            }

            log.Say("One moment.");
            conversation.Say("One moment.");
            Feed(kind == "interrupted" ? Signals.Speech(1, -20) : Signals.Speech(0.1, -20));
            Feed(new short[16_000 * 4]);
            log.End();
            thread.RunUntil(conversation.DisposeAsync().AsTask());
            thread.RunUntil(reading);
            return (sink.ToArray(), events);

            void Feed(ReadOnlySpan<short> samples)
            {
                for (; samples.Length >= 320; samples = samples[320..])
                {
                    time.Advance(TimeSpan.FromMilliseconds(20));
                    log.Audio(Pcm16.Bytes(samples[..320]));
                    conversation.AppendAudio(Pcm16.Bytes(samples[..320]));
                }
            }

            void Client(string text)
            {
                log.Client(Encoding.UTF8.GetBytes(text));
                Apply(Encoding.UTF8.GetBytes(text), conversation);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static ReplaySetup Setup() => new(Agent, Settings, Apply);

    /// <summary>A client whose events are words that are typed.</summary>
    private static void Apply(ReadOnlyMemory<byte> clientEvent, Conversation conversation)
    {
        if (clientEvent.Span.SequenceEqual("audio"u8))
        {
            conversation.CreateItem(
                new ConversationItem.Message(string.Empty, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputAudio, null)]), null, null, new byte[16_000]);
            return;
        }

        conversation.CreateItem(
            new ConversationItem.Message(string.Empty, ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputText, Encoding.UTF8.GetString(clientEvent.Span))]), null, null);
        conversation.CreateResponse(new ResponseRequest());
    }

    private static async Task ReadAsync(Conversation conversation, List<ConversationEvent> events)
    {
        await foreach (var next in conversation.Events.ReadAllAsync(CancellationToken.None))
        {
            events.Add(next);
        }
    }

    private static string Text(IEnumerable<ConversationEvent> events) => string.Join('\n', events.Select(next => next switch
    {
        ConversationEvent.Trouble trouble => $"Trouble {trouble.Stage} {trouble.Exception.Message}",
        _ => $"{next.GetType().Name} {JsonSerializer.Serialize<object>(next)}",
    }));

    private sealed class MemorySink : ISessionLogSink
    {
        private readonly MemoryStream _content = new();

        public void Write(ReadOnlySpan<byte> entry) => _content.Write(entry);

        public byte[] ToArray() => _content.ToArray();
    }

    /// <summary>Takes real time, on a thread of its own.</summary>
    private sealed class SlowModel : IChatClient
    {
        public const string Answer = "You can park behind the house, as long as you like, and it costs nothing.";

        public List<List<ChatMessage>> Calls { get; } = [];

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Calls.Add([.. messages]);
            var asked = TimeProvider.System.GetTimestamp();
            await Deadline.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(asked) > TimeSpan.FromMilliseconds(30)));
            yield return new ChatResponseUpdate(ChatRole.Assistant, Answer);
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
