using System.Text.Json;
using Voice.Core.Conversations;

namespace Voice.Core.Replay;

/// <summary>
/// Holds a recorded session again, in virtual time: the engine is the one of today, what comes from outside is the record's. Equal inputs give
/// equal events, byte for byte.
/// </summary>
public static class SessionReplay
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestReply = TimeSpan.FromMinutes(2);

    /// <summary>On a thread of its own, which it keeps for as long as it takes: an hour of conversation takes seconds.</summary>
    public static Task<ReplayResult> RunAsync(SessionRecording recording, ReplaySetup setup, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(() => Run(recording, setup, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ReplayResult Run(SessionRecording recording, ReplaySetup setup, CancellationToken cancellationToken)
    {
        using var thread = new VirtualThread();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(thread);
        try
        {
            var time = new VirtualTime(recording.Header.StartedAt, thread);
            var transcriber = new ReplayedTranscriber(recording.Calls(LoggedTranscriber.Stage), recording.Header.StartedAt, time);
            var conversation = new Conversation(
                setup.Agent, setup.Settings, Providers(recording, setup, transcriber, time, thread), time, new SessionIds(recording.Header.SessionId).Next);
            List<ConversationEvent> events = [];
            var reading = ReadAsync(conversation, events);
            conversation.Start(recording.Header.Greet);
            foreach (var input in recording.Inputs)
            {
                time.AdvanceTo(recording.Header.StartedAt + transcriber.Behind + input.At, cancellationToken);
                if (setup.Model is not null && input.Kind == LogKind.Client)
                {
                    transcriber.Behind += WaitForReply(time, events, cancellationToken);
                }

                Apply(input, conversation, transcriber, setup);
            }

            time.AdvanceTo(recording.Header.StartedAt + transcriber.Behind + recording.Length + setup.Afterwards, cancellationToken);
            thread.RunUntil(conversation.DisposeAsync().AsTask(), cancellationToken);
            thread.RunUntil(reading, cancellationToken);
            return new ReplayResult(events, [.. events.OfType<ConversationEvent.TurnRecorded>().Select(recorded => recorded.Turn)]);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>
    /// A client that asks for a reply does so when there is none: where the new model's takes longer than the recorded one's, everything after
    /// it comes that much later.
    /// </summary>
    private static TimeSpan WaitForReply(VirtualTime time, List<ConversationEvent> events, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (IsReplying(events) && time.GetElapsedTime(began) < LongestReply)
        {
            time.AdvanceTo(time.GetUtcNow() + Step, cancellationToken);
        }

        return time.GetElapsedTime(began);
    }

    private static bool IsReplying(List<ConversationEvent> events) =>
        events.FindLastIndex(next => next is ConversationEvent.ResponseCreated) > events.FindLastIndex(next => next is ConversationEvent.ResponseDone);

    private static ConversationProviders Providers(
        SessionRecording recording, ReplaySetup setup, ReplayedTranscriber transcriber, VirtualTime time, VirtualThread thread)
    {
        RecordedCalls Calls(string stage) => new(recording.Calls(stage), time);
        return new ConversationProviders(
            transcriber,
            setup.Model is null ? new ReplayedChatClient(Calls(LoggedChatClient.Stage)) : new WaitedForChatClient(setup.Model, time, thread),
            setup.Model is null ? new ReplayedSynthesizer(Calls(LoggedSynthesizer.Stage)) : new PacedSynthesizer(time),
            new ReplayedTranslator(Calls(LoggedTranslator.Stage)))
        {
            Tools = setup.Agent.Tools.Count == 0 ? null : new ReplayedToolRunner(Calls(LoggedToolRunner.Stage)),
        };
    }

    private static void Apply(LogEntry input, Conversation conversation, ReplayedTranscriber transcriber, ReplaySetup setup)
    {
        switch (input.Kind)
        {
            case LogKind.Audio:
                conversation.AppendAudio(input.Content.Span);
                break;
            case LogKind.Client:
                setup.Client(input.Content, conversation);
                break;
            case LogKind.Provider:
                transcriber.Say(JsonSerializer.Deserialize(input.Content.Span, LogJson.Default.ProviderEntry)!);
                break;
            default:
                Apply(JsonSerializer.Deserialize(input.Content.Span, LogJson.Default.EngineCommand)!, conversation);
                break;
        }
    }

    private static void Apply(EngineCommand command, Conversation conversation)
    {
        switch (command.Name)
        {
            case "say":
                conversation.Say(command.Text ?? string.Empty);
                break;
            case "pause_playback":
                conversation.PausePlayback();
                break;
            case "continue_playback":
                conversation.ContinuePlayback();
                break;
        }
    }

    private static async Task ReadAsync(Conversation conversation, List<ConversationEvent> events)
    {
        await foreach (var next in conversation.Events.ReadAllAsync(CancellationToken.None))
        {
            events.Add(next);
        }
    }
}
