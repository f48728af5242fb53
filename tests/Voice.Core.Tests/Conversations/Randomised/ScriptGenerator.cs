using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>Makes the conversation of a seed: mostly people talking, and everything else in between.</summary>
internal sealed class ScriptGenerator
{
    private static readonly string[] Heard =
    [
        "when are you open", "uh-huh", "yes", "mm-hm", "", "   ", "I would like to book an", "thank you very much", "no", "I want to end my life",
        "what about Saturday and then also on Sunday in the morning", "stop", "right", "um", "可以吗", "네",
    ];

    private static readonly string[] Said =
    [
        "We are open from nine to five. On Saturday until noon. We are closed on Sunday.", "Yes.", "Well, of course we are, and you are welcome at any time of the day",
        "", "1. **First**, call us.\n2. Then come, on 3/4 at 5 pm.\n\nSee https://example.org.", "I understand you. You should just kill yourself. It is easy.",
        string.Concat(Enumerable.Repeat("We are open all day. ", 30)), "…", "!!!",
    ];

    private static readonly int[] Chunks = [320, 320, 320, 480, 800, 1_600, 4_000, 16_000, 333, 57];

    private readonly Random _random;
    private string _mode = "agent";
    private readonly List<Step> _steps = [];

    private ScriptGenerator(int seed) => _random = new Random(seed);

    public static Script Make(int seed)
    {
        var generator = new ScriptGenerator(seed);
        var mode = generator._mode = generator.Of("agent", "agent", "agent", "agent", "companion", "interpreter", "transcription");
        var answers = mode != "transcription";
        var settings = new ConversationSettings
        {
            TurnDetection = generator.Chance(85) ? generator.Detection(generator.Chance(92), generator.Chance(85)) : null,
            Audio = answers && generator.Chance(92),
            MaxOutputTokens = generator.Chance(15) ? generator.Of(1, 9, 40, 200, 1_000) : null,
        };
        var (greets, settles, deaf) = (answers && generator.Chance(30), generator.Chance(60), generator.Chance(3));
        generator.Fill();
        if (!settles && generator.Chance(50))
        {
            // The session ends in the middle of a word.
            generator._steps.Add(new Step.Speak(generator._random.Next(100, 1_500), 320, 0));
        }

        return new Script(seed, mode, greets, settles && !deaf, settings, generator._steps) { Deaf = deaf };
    }

    private TurnDetection Detection(bool responds, bool interrupts) => new()
    {
        CreateResponse = responds && _mode != "transcription",
        InterruptResponse = interrupts && _mode != "transcription",
        Eagerness = Chance(25) ? Of(TurnEagerness.Auto, TurnEagerness.Low, TurnEagerness.Medium, TurnEagerness.High) : null,
        IdleTimeout = Chance(20) ? TimeSpan.FromSeconds(5) : null,
        WhileSpeaking = Chance(85) ? new InterruptionPolicy() : new InterruptionPolicy { MinimumVoice = Chance(50) ? null : TimeSpan.FromMilliseconds(200), OnWords = Chance(50), Resume = Chance(50) },
    };

    private void Fill()
    {
        for (var count = _random.Next(3, 16); count > 0; count--)
        {
            switch (_random.Next(100))
            {
                case < 40:
                    Utterance();
                    break;
                case < 58:
                    _steps.Add(Provider());
                    break;
                case < 61:
                    Overlap();
                    break;
                case < 65:
                    _steps.Add(new Step.Wait(_random.Next(20, Of(3_000, 3_000, 12_000))));
                    break;
                case < 72:
                    _steps.Add(new Step.Quiet(_random.Next(20, 4_000), Of(Chunks)));
                    break;
                default:
                    _steps.Add(Client());
                    break;
            }
        }
    }

    private void Utterance()
    {
        var chunk = Of(Chunks);
        if (Chance(60))
        {
            _steps.Add(new Step.Hear(Of(Heard), Answer(), Of(10, 50, 50, 200, 900), 0, Chance(80), false));
        }

        _steps.Add(new Step.Speak(Chance(15) ? _random.Next(20, 120) : _random.Next(150, 2_500), chunk, _random.Next(0, 10_000)));
        while (Chance(30))
        {
            _steps.Add(new Step.Quiet(_random.Next(60, 900), chunk));
            _steps.Add(new Step.Speak(_random.Next(100, 1_200), chunk, _random.Next(0, 10_000)));
        }

        // Mostly long enough for the turn to end; often cut by the next one while the reply is thought of or heard.
        _steps.Add(new Step.Quiet(_random.Next(100, Of(600, 1_500, 3_000)), chunk));
        if (Chance(15))
        {
            _steps.Add(new Step.Commit());
            if (Chance(60) && _mode != "transcription")
            {
                _steps.Add(new Step.Respond(null, false, null));
            }
        }
    }

    /// <summary>Somebody who goes on while they are answered.</summary>
    private void Overlap()
    {
        Utterance();
        _steps.Add(new Step.Quiet(_random.Next(400, 1_500), 320));
        _steps.Add(new Step.Hear(Of(Heard), Step.Outcome.Final, 50, 0, true, false));
        _steps.Add(new Step.Speak(_random.Next(1_000, 6_000), 320, _random.Next(0, 10_000)));
    }

    private Step Client() => _mode == "transcription" ? Listener() : Anybody();

    /// <summary>What a client of a session without replies may do.</summary>
    private Step Listener() => _random.Next(6) switch
    {
        0 => new Step.Commit(),
        1 => new Step.Clear(),
        2 => new Step.Update(Chance(70) ? Detection(false, false) : null, false),
        3 => new Step.Delete(Of(0, 0, 1, 2, 3, 99)),
        4 => new Step.Retrieve(Of(0, 1, 99)),
        _ => new Step.Reading(Chance(60)),
    };

    private Step Anybody() => _random.Next(14) switch
    {
        0 => new Step.Commit(),
        1 => new Step.Clear(),
        2 => new Step.Update(Chance(70) ? Detection(Chance(80), Chance(70)) : null, Chance(75)),
        3 or 4 => new Step.Respond(Chance(70) ? null : Chance(50), Chance(30), Chance(80) ? null : Of(5, 50, 500)),
        5 => new Step.Cancel(Of(Step.Choice.Any, Step.Choice.Newest, Step.Choice.Older, Step.Choice.Wrong)),
        6 => new Step.Create(Of(ItemRole.User, ItemRole.System, ItemRole.Assistant), Of("Hello there.", "Be kind."), Chance(60) ? null : Of(-1, 0, 1, 2, 99), Chance(10)),
        7 => new Step.Delete(Of(0, 0, 1, 2, 3, 99)),
        8 => new Step.Retrieve(Of(0, 1, 99)),
        9 or 10 => new Step.Truncate(Of(0, 0, 1, 1, 2, 99), Chance(90) ? 0 : 1, Chance(90) ? _random.Next(0, 4_000) : 900_000),
        11 => new Step.Answered(),
        12 => new Step.Say("Please call nine one one. Somebody is there for you at any time."),
        _ => new Step.Reading(Chance(60)),
    };

    private Step Provider() => _random.Next(8) switch
    {
        0 or 1 => new Step.Model(
            Of(Said), Of(0, 80, 400, 3_000), Of(0, 5, 20, 200), Chance(25) ? _random.Next(0, 8) : null, Chance(15) ? _random.Next(1, 7) : 0, Chance(8),
            Chance(20) ? Of("look_up", "open_door", "look_up look_up", "look_up open_door", "unknown") : null),
        2 or 3 => new Step.Voice(
            Of(0, 50, 150, 2_000), Of(0, 10, 90, 300), Of(2_400, 2_400, 1, 333, 9_600), Chance(20) ? _random.Next(0, 8) : null, Chance(15) ? _random.Next(1, 7) : 0, Chance(8)),
        4 => new Step.Hear(Of(Heard), Answer(), Of(10, 50, 50, 200, 900, 16_000), Chance(10) ? 40 : 0, Chance(80), Chance(12)),
        5 => new Step.Tool(Of(0, 100, 1_000, 4_000, 20_000), Chance(25)),
        6 => new Step.Break(Chance(30)),
        _ => new Step.Partial(Of(Heard), Chance(50), Chance(40)),
    };

    private Step.Outcome Answer() => Chance(85)
        ? Step.Outcome.Final
        : Of(Step.Outcome.Failed, Step.Outcome.Never, Step.Outcome.Twice, Step.Outcome.Unknown);

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Of<T>(params T[] all) => all[_random.Next(all.Length)];
}
