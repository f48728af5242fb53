using Microsoft.Extensions.AI;
using Voice.Core.Conversations;
using Voice.Core.Turns;

namespace Voice.Core.Tests.Conversations;

public sealed class ConversationTests
{
    [Fact]
    public void A_spoken_turn_is_answered_with_events_in_the_order_of_the_protocol()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("when are you open");

        scene.Quiet(0.5);
        scene.Speak(1);
        scene.Quiet(12);

        string[] expected =
        [
            "SpeechStarted", "SpeechStopped", "InputCommitted", "ItemAdded", "ItemDone", "TranscriptCompleted",
            "ResponseCreated", "OutputItemAdded", "ItemAdded", "ContentPartAdded", "TextDelta", "AudioDelta", "Latency",
        ];
        var kinds = scene.Events.Select(e => e.GetType().Name).Where(name => name != "TranscriptPartial").ToArray();
        Assert.Equal(expected, kinds.Take(expected.Length));
        Assert.Equal(
            ["AudioDone", "TextDone", "ContentPartDone", "ItemDone", "OutputItemDone", "ResponseDone", "TurnAnswered", "TurnRecorded"],
            kinds.TakeLast(8));
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Equal(scene.Model.Text, scene.Single<ConversationEvent.TurnRecorded>().Turn.Reply);
        Assert.Equal("when are you open", scene.Single<ConversationEvent.TurnRecorded>().Turn.Transcript);
        Assert.Equal(scene.Model.Text, string.Concat(scene.All<ConversationEvent.TextDelta>().Select(d => d.Delta)));
    }

    [Fact]
    public void Latency_names_where_the_time_went()
    {
        using var scene = new Scene();

        scene.Quiet(0.5);
        scene.Speak(1);
        scene.Quiet(3);

        var latency = scene.Single<ConversationEvent.Latency>();
        Assert.InRange(latency.Milliseconds[Stages.Endpointing], 400, 420);
        Assert.InRange(latency.Milliseconds[Stages.TranscriptFinal], 50, 70);
        Assert.InRange(latency.Milliseconds[Stages.FirstToken], 100, 120);
        Assert.InRange(latency.Milliseconds[Stages.FirstAudio], 180, 220);
        Assert.InRange(latency.Milliseconds[Stages.VoiceToVoice], 740, 820);
        Assert.InRange(latency.SpeechEnd.TotalSeconds, 1.35, 1.55);
    }

    [Fact]
    public void The_model_gets_instructions_knowledge_and_what_was_said()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Speak(1);
        scene.Quiet(2);

        var call = Assert.Single(scene.Model.Calls);
        Assert.Equal("Be brief.\n\n# Knowledge\n\n## Hours\nNine to five.\n", call[0].Text);
        Assert.Equal((ChatRole.User, "when are you open"), (call[^1].Role, call[^1].Text));
    }

    [Fact]
    public void Speech_begins_at_the_first_clause_and_not_at_the_end_of_the_reply()
    {
        using var scene = new Scene();
        scene.Model.Text = "Well, of course we are, " + string.Join(' ', Enumerable.Repeat("and then some", 60)) + ".";

        scene.Speak(1);
        scene.Quiet(1.2);

        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
        Assert.Empty(scene.All<ConversationEvent.ResponseDone>());
    }

    [Theory]
    [InlineData(0, 1.6, false)]
    [InlineData(0, 2.2, true)]
    [InlineData(0.14, 0.5, false)]
    [InlineData(0.14, 0.9, true)]
    public void Audio_that_stops_in_the_middle_of_a_voice_is_waited_for_longer_than_in_a_pause(double pause, double nothing, bool over)
    {
        using var scene = new Scene();
        scene.Transcriber.Silent = true;
        // In the middle of a syllable.
        scene.Speak(1.14);
        scene.Quiet(pause);
        scene.Wait(nothing);

        Assert.Equal(over ? 1 : 0, scene.All<ConversationEvent.SpeechStopped>().Count);
    }

    [Fact]
    public void A_sentence_that_asks_for_more_keeps_the_turn_open()
    {
        using var scene = new Scene();
        scene.Speak(1);
        scene.Transcriber.Streams[0].Partial("I would like to book an");
        scene.Quiet(0.5);
        Assert.Empty(scene.All<ConversationEvent.SpeechStopped>());

        scene.Quiet(0.1);
        Assert.Single(scene.All<ConversationEvent.SpeechStopped>());
    }

    [Fact]
    public void Speech_over_a_reply_stops_it_and_no_audio_of_it_leaks()
    {
        using var scene = new Scene();
        scene.Model.Text = string.Concat(Enumerable.Repeat("We are open all day. ", 20));
        scene.Speak(1);
        scene.Quiet(1.1);
        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
        Assert.Empty(scene.All<ConversationEvent.ResponseDone>());

        scene.Speak(0.7);

        var done = scene.Single<ConversationEvent.ResponseDone>();
        Assert.Equal((ResponseStatus.Cancelled, "turn_detected"), (done.Response.Status, done.Response.End?.Reason));
        var at = scene.Events.IndexOf(done);
        Assert.True(scene.Events.FindLastIndex(e => e is ConversationEvent.SpeechStarted) < at);
        scene.Quiet(0.3);
        Assert.DoesNotContain(scene.Events.Skip(at), e => e is ConversationEvent.AudioDelta);
        Assert.Equal(0, scene.Speech.Running);
    }

    [Fact]
    public void Memory_is_what_was_heard()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Transcriber.Texts.Enqueue("thank you");
        scene.Speak(1);
        scene.Quiet(1.3);
        scene.Speak(0.7);
        scene.Quiet(2);

        var said = Assert.Single(scene.Model.Calls[1], m => m.Role == ChatRole.Assistant).Text;
        Assert.StartsWith(said, scene.Model.Text, StringComparison.Ordinal);
        Assert.InRange(said.Split(' ').Length, 4, 14);
        Assert.Equal(said, scene.All<ConversationEvent.TurnRecorded>()[0].Turn.Reply);
        Assert.Single(scene.All<ConversationEvent.PlaybackCut>());
    }

    [Fact]
    public void A_reply_that_was_sent_and_still_plays_is_cut_too()
    {
        using var scene = new Scene();
        scene.Speak(1);
        scene.Quiet(1.7);
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        Assert.Empty(scene.All<ConversationEvent.TurnRecorded>());

        scene.Speak(0.7);
        scene.Quiet(2);

        Assert.Single(scene.All<ConversationEvent.PlaybackCut>());
        Assert.NotEqual(scene.Model.Text, scene.All<ConversationEvent.TurnRecorded>()[0].Turn.Reply);
    }

    [Fact]
    public void The_client_knows_best_what_was_heard()
    {
        using var scene = new Scene();
        scene.Speak(1);
        scene.Quiet(2.2);
        var item = scene.Single<ConversationEvent.ResponseDone>().Response.Output[0].Id;

        scene.Conversation.TruncateItem(item, 0, TimeSpan.FromMilliseconds(700), null);
        scene.Conversation.RetrieveItem(item, null);
        scene.Conversation.TruncateItem(item, 0, TimeSpan.FromMinutes(1), "ev_1");
        scene.Run();

        Assert.Equal("We are open from nine to five.", scene.Single<ConversationEvent.ItemRetrieved>().Item.Text);
        Assert.Equal("ev_1", scene.Single<ConversationEvent.Error>().ClientEventId);
    }

    [Fact]
    public void Noise_without_words_gets_no_reply()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("");

        scene.Speak(0.5);
        scene.Quiet(2);

        Assert.Equal("", scene.Single<ConversationEvent.TranscriptCompleted>().Text);
        Assert.Empty(scene.All<ConversationEvent.ResponseCreated>());
    }

    [Fact]
    public void What_was_said_before_a_cough_is_answered_after_it()
    {
        using var scene = new Scene();
        scene.Transcriber.Texts.Enqueue("when are you open");
        scene.Transcriber.Texts.Enqueue("");
        scene.Speak(1);
        scene.Quiet(0.41);
        scene.Speak(0.3);
        scene.Quiet(2);

        Assert.Equal("when are you open", scene.Model.Calls[0][^1].Text);
        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
    }

    [Fact]
    public void In_manual_mode_the_client_decides()
    {
        using var scene = new Scene(settings: new ConversationSettings { TurnDetection = null });
        scene.Speak(1);
        scene.Quiet(2);
        Assert.Empty(scene.Events);

        scene.Conversation.CommitAudio(null);
        scene.Conversation.CreateResponse(new ResponseRequest());
        scene.Wait(3);

        Assert.Single(scene.All<ConversationEvent.InputCommitted>());
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
        scene.Conversation.CommitAudio("ev_2");
        scene.Run();
        Assert.Equal(("input_audio_buffer_commit_empty", "ev_2"), (scene.Single<ConversationEvent.Error>().Code, scene.Single<ConversationEvent.Error>().ClientEventId));
    }

    [Fact]
    public void A_client_that_stops_sending_in_the_middle_of_speech_has_ended_its_turn()
    {
        using var scene = new Scene();
        scene.Speak(1);

        scene.Wait(3);

        Assert.NotEmpty(scene.All<ConversationEvent.AudioDelta>());
    }

    [Fact]
    public void A_typed_message_is_answered_as_a_turn()
    {
        using var scene = new Scene();
        scene.Conversation.CreateItem(new ConversationItem.Message("", ItemRole.User, ItemStatus.Completed, [new ItemContent(ItemContentKind.InputText, "hello there")]), null, null);
        scene.Conversation.CreateResponse(new ResponseRequest(Audio: false, Metadata: new Dictionary<string, string> { ["k"] = "v" }));
        scene.Wait(3);

        var turn = scene.Single<ConversationEvent.TurnRecorded>().Turn;
        Assert.Equal(("hello there", (double?)null, 1), (turn.Transcript, turn.Confidence, turn.Sequence));
        Assert.Empty(scene.All<ConversationEvent.AudioDelta>());
        Assert.Equal("v", scene.Single<ConversationEvent.ResponseDone>().Response.Metadata?["k"]);
    }

    [Fact]
    public void Two_responses_at_once_are_refused_and_the_first_goes_on()
    {
        using var scene = new Scene();
        scene.Conversation.CreateResponse(new ResponseRequest());
        scene.Conversation.CreateResponse(new ResponseRequest(ClientEventId: "ev_3"));
        scene.Wait(4);

        Assert.Equal(("conversation_already_has_active_response", "ev_3"), (scene.Single<ConversationEvent.Error>().Code, scene.Single<ConversationEvent.Error>().ClientEventId));
        Assert.Equal(ResponseStatus.Completed, scene.Single<ConversationEvent.ResponseDone>().Response.Status);
    }

    [Fact]
    public void The_agent_speaks_first_only_when_asked()
    {
        using var silent = new Scene();
        silent.Wait(1);
        Assert.Empty(silent.Events);

        using var greeting = new Scene(greet: true);
        greeting.Wait(2);
        Assert.Equal("Hello, how can I help?", Assert.Single(greeting.Single<ConversationEvent.ResponseDone>().Response.Output).Text);
    }

    [Fact]
    public void Without_interruption_the_reply_ends_before_the_next_turn_is_answered()
    {
        using var scene = new Scene(settings: new ConversationSettings { TurnDetection = new TurnDetection { InterruptResponse = false } });
        scene.Transcriber.Texts.Enqueue("first");
        scene.Transcriber.Texts.Enqueue("second");
        scene.Speak(0.6);
        scene.Quiet(0.7);
        scene.Speak(0.3);
        scene.Quiet(6);

        var done = scene.All<ConversationEvent.ResponseDone>();
        Assert.Equal([ResponseStatus.Completed, ResponseStatus.Completed], done.Select(d => d.Response.Status));
        Assert.Equal(["first", "second"], scene.All<ConversationEvent.TurnAnswered>().Select(t => t.Turn.Transcript));
    }

    [Fact]
    public void An_interpreter_says_it_in_the_other_language()
    {
        using var scene = new Scene(Scene.Agent("interpreter", "es"));
        scene.Transcriber.Texts.Enqueue("I have a fever");
        scene.Speak(1);
        scene.Quiet(3);

        var translation = scene.Single<ConversationEvent.Translation>();
        Assert.Equal(("en", "es", "[en-es] I have a fever"), (translation.From, translation.To, translation.Text));
        Assert.Equal("es", Assert.Single(scene.Speech.Requests).Language);
    }

    [Theory]
    [InlineData("companion")]
    [InlineData("agent")]
    public void To_a_person_in_danger_is_said_what_people_who_know_have_written(string mode)
    {
        using var scene = new Scene(Scene.Agent(mode));
        scene.Transcriber.Texts.Enqueue("I want to end my life");
        scene.Speak(1);
        scene.Quiet(2);

        Assert.Empty(scene.Model.Calls);
        Assert.Contains("988", string.Concat(scene.All<ConversationEvent.TextDelta>().Select(d => d.Delta)));
        // Recorded at once: the safety worker must not wait for the end of playback.
        Assert.Single(scene.All<ConversationEvent.TurnRecorded>());
    }

    [Fact]
    public void A_clause_that_must_not_be_said_is_not_said()
    {
        using var scene = new Scene();
        scene.Model.Text = "I understand you. You should just kill yourself. It is easy.";
        scene.Speak(1);
        scene.Quiet(4);

        var response = scene.Single<ConversationEvent.ResponseDone>().Response;
        Assert.Equal((ResponseStatus.Incomplete, "content_filter"), (response.Status, response.End?.Reason));
        Assert.DoesNotContain(scene.Speech.Requests, r => r.Text.Contains("kill", StringComparison.Ordinal) || r.Text.Contains("easy", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_platform_has_to_say_comes_after_the_reply()
    {
        using var scene = new Scene();
        scene.Speak(1);
        scene.Quiet(1.1);
        scene.Conversation.Say("Please call nine one one.");
        scene.Quiet(8);

        Assert.Equal([ResponseStatus.Completed, ResponseStatus.Completed], scene.All<ConversationEvent.ResponseDone>().Select(d => d.Response.Status));
        var audio = scene.All<ConversationEvent.AudioDelta>();
        Assert.Equal(audio.Select(a => a.At), audio.Select(a => a.At).Order());
        Assert.Equal("Please call nine one one.", scene.All<ConversationEvent.ResponseDone>()[1].Response.Output[0].Text);
    }
}
