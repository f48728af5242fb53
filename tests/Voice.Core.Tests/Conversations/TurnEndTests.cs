using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations;

/// <summary>Section "Turn end" of docs/specs/conversation.md, in a conversation.</summary>
public sealed class TurnEndTests
{
    private static readonly ConversationSettings Semantic = new() { TurnDetection = new TurnDetection { Eagerness = TurnEagerness.Auto } };

    [Fact]
    public void A_word_is_an_answer_where_the_agent_asked_for_one_and_may_be_a_beginning_elsewhere()
    {
        Assert.InRange(Wait("Which one would you like?"), 500, 700);
        Assert.InRange(Wait("There are two of them."), 900, 1_150);

        static double Wait(string reply)
        {
            using var scene = new Scene(settings: Semantic);
            scene.Model.Text = reply;
            Answer(scene, "I would like to order a table please");
            scene.Quiet(8);
            return Answer(scene, "the blue one");
        }
    }

    [Fact]
    public void Words_that_are_not_in_yet_are_waited_for()
    {
        using var scene = new Scene(settings: Semantic);
        scene.Speak(1);
        Partial(scene, "I lost my card");
        scene.Speak(0.4);
        scene.Quiet(0.38);
        Assert.Empty(scene.All<ConversationEvent.SpeechStopped>());

        Partial(scene, "I lost my card and");
        scene.Quiet(0.8);
        Assert.Empty(scene.All<ConversationEvent.SpeechStopped>());
    }

    [Fact]
    public void Who_is_cut_off_again_and_again_is_waited_for()
    {
        using var scene = new Scene(settings: Semantic with { TurnDetection = Semantic.TurnDetection! with { CreateResponse = false } });
        var first = Answer(scene, "I lost my card");
        var last = first;
        for (var turn = 0; turn < 5; turn++)
        {
            // Goes on 300 ms after the turn was taken for over.
            scene.Quiet(0.28);
            last = Answer(scene, "and I lost my keys");
        }

        Assert.InRange(last, 1.3 * first, 1.9 * first);
    }

    /// <returns>After how many milliseconds of pause the turn was over.</returns>
    private static double Answer(Scene scene, string words)
    {
        var turns = scene.All<ConversationEvent.SpeechStopped>().Count;
        scene.Transcriber.Texts.Enqueue(words);
        scene.Speak(1);
        var silence = 0;
        // The last words come in the pause.
        for (; scene.All<ConversationEvent.SpeechStopped>().Count == turns && silence < 5_000; silence += 20)
        {
            if (silence == 100)
            {
                Partial(scene, words);
            }

            scene.Quiet(0.02);
        }

        return silence;
    }

    private static void Partial(Scene scene, string words)
    {
        scene.Transcriber.Streams[0].Partial(words);
        scene.Run();
    }
}
