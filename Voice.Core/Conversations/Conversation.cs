using Voice.Core.Modes;
using Voice.Core.Providers;
using Voice.Core.Resilience;
using Voice.Core.Text;
using Voice.Core.Transcription;

namespace Voice.Core.Conversations;

/// <summary>
/// One live conversation. Every method returns at once, whatever models and disks do; what happens is told through
/// <see cref="Events"/>. Thread-safe. Dispose ends it and waits for everything it began.
/// </summary>
public sealed class Conversation : IAsyncDisposable
{
    private readonly ConversationContext _context;
    private readonly TurnRecorder _recorder;
    private readonly ResponseRunner _responses;
    private readonly OutOfBand _outOfBand;
    private readonly ReplyInterruption _interruption;
    private readonly TurnTracker _turns;
    private readonly AgentProfile _own;
    private readonly AudioItems _audioItems;
    private readonly ItemRequests _items;

    /// <param name="newId">Makes an id from its prefix, under the conversation's gate; a replay gives its own, so that equal inputs give equal events.</param>
    public Conversation(
        AgentProfile agent, ConversationSettings settings, ConversationProviders providers, TimeProvider time, Func<string, string>? newId = null)
    {
        var shared = providers.Resilience ?? new ProviderResilience(new ProviderResilienceOptions(), time);
        providers = shared.Protect(providers, agent, Tell);
        // What nobody can run is not offered to the model.
        agent = providers.Tools is null ? agent with { Tools = [] } : agent;
        _context = new ConversationContext(agent with { Language = settings.Language ?? agent.Language }, settings, providers.Synthesizer, time, newId);
        _recorder = new TurnRecorder(_context);
        var (mode, plain) = Modes(agent, providers, time);
        _responses = new ResponseRunner(_context, mode, _recorder);
        _outOfBand = new OutOfBand(_context, plain, mode);
        _own = agent;
        _interruption = new ReplyInterruption(_context, _responses, _recorder);
        _turns = new TurnTracker(
            _context, _responses, _interruption, _recorder, sink => new TranscriptionLink(providers.Transcriber, Transcription(settings), sink, time));
        _context.Clock = () => _turns.Position;
        _audioItems = new AudioItems(_context, providers.Transcriber, () => Transcription(_context.Settings), _turns.Respond, () => _responses.Say(Phrases.NotUnderstood(agent.Language)));
        _items = new ItemRequests(_context, _responses, _audioItems);
    }

    public ConversationEvents Events => _context.Events;

    public ConversationSettings Settings
    {
        get
        {
            lock (_context.Gate)
            {
                return _context.Settings;
            }
        }
    }

    /// <summary>The input audio clock: how much audio was appended.</summary>
    public TimeSpan InputPosition
    {
        get
        {
            lock (_context.Gate)
            {
                return _turns.Position;
            }
        }
    }

    /// <param name="greet">The agent speaks first.</param>
    public void Start(bool greet)
    {
        lock (_context.Gate)
        {
            _turns.Start();
            if (greet && _context.Agent.Greeting.Length > 0)
            {
                _responses.Say(_context.Agent.Greeting);
            }
        }
    }

    public void Update(Func<ConversationSettings, ConversationSettings> change)
    {
        lock (_context.Gate)
        {
            var before = _context.Settings;
            _context.Settings = change(before);
            if (before.Language != _context.Settings.Language || before.Vocabulary != _context.Settings.Vocabulary)
            {
                _context.Agent = _own with { Language = _context.Settings.Language ?? _own.Language };
                _turns.Listen(Transcription(_context.Settings));
            }

            _turns.Changed(before.TurnDetection, _context.Settings.TurnDetection);
        }

        _turns.SendOn();
    }

    /// <param name="pcm">16-bit little-endian mono at <see cref="ConversationSettings.InputSampleRate"/>, whole samples.</param>
    public void AppendAudio(ReadOnlySpan<byte> pcm)
    {
        lock (_context.Gate)
        {
            if (!_context.Ended)
            {
                _turns.Append(pcm);
            }
        }

        // What goes to the transcriber goes from here: it does not wait, and to wake a thread for each frame costs more than the frame.
        _turns.SendOn();
    }

    public void CommitAudio(string? clientEventId)
    {
        lock (_context.Gate)
        {
            if (!_context.Ended && !_turns.Commit())
            {
                _context.Error("input_audio_buffer_commit_empty", "Nothing to commit: the buffer holds less than 100 ms of audio.", clientEventId);
            }
        }

        _turns.SendOn();
    }

    public void ClearAudio()
    {
        lock (_context.Gate)
        {
            if (!_context.Ended)
            {
                _turns.Clear();
            }
        }

        _turns.SendOn();
    }

    /// <param name="item">Its id is used where it has one.</param>
    /// <param name="audio">Of its part of audio: 16-bit little-endian mono at <see cref="ConversationSettings.InputSampleRate"/>, the conversation's to keep.</param>
    public void CreateItem(ConversationItem item, string? previousItemId, string? clientEventId, ReadOnlyMemory<byte> audio = default)
    {
        lock (_context.Gate)
        {
            if (!_context.Ended)
            {
                _items.Create(item, previousItemId, clientEventId, audio);
            }
        }
    }

    public void RetrieveItem(string itemId, string? clientEventId)
    {
        lock (_context.Gate)
        {
            _items.Retrieve(itemId, clientEventId);
        }
    }

    public void DeleteItem(string itemId, string? clientEventId)
    {
        lock (_context.Gate)
        {
            _items.Delete(itemId, clientEventId);
        }
    }

    public void TruncateItem(string itemId, int contentIndex, TimeSpan audioEnd, string? clientEventId)
    {
        lock (_context.Gate)
        {
            _items.Truncate(itemId, contentIndex, audioEnd, clientEventId);
        }
    }

    public void CreateResponse(ResponseRequest request)
    {
        lock (_context.Gate)
        {
            if (_context.Ended)
            {
                // A client's last words; what they began now nobody would wait for.
                return;
            }

            if (ResponseSetup.Check(_context, request) is { } wrong)
            {
                _context.Events.Write(wrong);
                return;
            }

            if (request.OutOfBand)
            {
                if (!_outOfBand.TryStart(request))
                {
                    _context.Error(
                        "too_many_responses", $"response.create: at most {OutOfBand.Limit} responses run beside the conversation at once.", request.ClientEventId);
                }

                return;
            }

            if (_responses.Current is { } running)
            {
                _context.Error(
                    "conversation_already_has_active_response", $"response.create: response '{running.Id}' is still in progress.", request.ClientEventId);
                return;
            }

            if (request.Input is not null)
            {
                _interruption.Forget();
                _responses.Start(null, request, ResponseSetup.UserText(ResponseSetup.History(_context, request)));
                return;
            }

            if (!_audioItems.Defer(request))
            {
                _turns.Respond(request);
            }
        }
    }

    /// <param name="responseId">Null for whichever runs in the conversation.</param>
    public void CancelResponse(string? responseId, string? clientEventId)
    {
        lock (_context.Gate)
        {
            if (responseId is not null && _outOfBand.Cancel(responseId))
            {
                return;
            }

            // What was stopped is not to go on either.
            _interruption.Forget();
            var running = _responses.Current;
            if (running is null || (responseId is not null && responseId != running.Id) || !_responses.Cancel("client_cancelled"))
            {
                _context.Error("response_cancel_not_active", "There is no such response in progress.", clientEventId);
            }
        }
    }

    /// <summary>Says this now, or after the reply that is running, unless the user speaks first.</summary>
    public void Say(string text)
    {
        lock (_context.Gate)
        {
            if (!_context.Ended && _context.Settings.Audio)
            {
                _responses.Say(text);
            }
        }
    }

    /// <summary>The client is out of reach: it plays what it has, and hears nothing more until <see cref="ContinuePlayback"/>.</summary>
    public void PausePlayback()
    {
        lock (_context.Gate)
        {
            _context.Playback.Pause(_responses.Remaining);
        }
    }

    /// <summary>The client has got what it missed, and plays it from now on.</summary>
    public void ContinuePlayback()
    {
        lock (_context.Gate)
        {
            _context.Playback.Continue();
        }
    }

    /// <summary>Something outside the engine to tell the client in its place among the events.</summary>
    public void Tell(ConversationEvent conversationEvent)
    {
        lock (_context.Gate)
        {
            _context.Events.Write(conversationEvent);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_context.Gate)
        {
            if (_context.Ended)
            {
                return;
            }

            _context.Ended = true;
            _turns.Close();
        }

        await _audioItems.DisposeAsync();
        await _outOfBand.DisposeAsync();
        await _responses.DisposeAsync();
        await _turns.DisposeAsync();
        lock (_context.Gate)
        {
            _recorder.Close();
            _interruption.Dispose();
            _context.Events.Complete();
        }
    }

    /// <returns>What answers the user, and what answers the client's program.</returns>
    private static (IConversationMode Guarded, IConversationMode Plain) Modes(AgentProfile agent, ConversationProviders providers, TimeProvider time)
    {
        if (agent.Mode == SilentMode.Name)
        {
            var silent = new SilentMode();
            return (silent, silent);
        }

        if (agent.Mode == "interpreter")
        {
            var interpreter = new InterpreterMode(providers.Translator, agent);
            return (interpreter, interpreter);
        }

        var everyDanger = agent.Mode switch
        {
            "companion" => true,
            "agent" => false,
            _ => throw new ArgumentException($"There is no mode '{agent.Mode}'.", nameof(agent)),
        };
        var plain = new ToolRounds(new AgentMode(providers.Chat, agent), providers.Tools, time);
        return (new GuardedMode(plain, everyDanger), plain);
    }

    private TranscriptionOptions Transcription(ConversationSettings settings) =>
        new(_own.TranscriptionModel, settings.Language ?? _own.Language, settings.Vocabulary ?? Vocabulary(_own));

    /// <summary>Words the speaker is likely to use: what the agent knows about.</summary>
    private static string? Vocabulary(AgentProfile agent) =>
        agent.Knowledge.Count == 0 ? null : string.Join('\n', agent.Knowledge.Select(entry => $"{entry.Title}. {entry.Text}"));
}
