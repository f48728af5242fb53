using Microsoft.Extensions.AI;
using Voice.Inference.Chat;

namespace Voice.Inference.Tests;

public sealed class ExtractiveChatTests
{
    private const string NotKnown = "don't have that information";

    [Theory]
    [InlineData("what are your opening hours", "8 a.m. to 6 p.m.")]
    [InlineData("when do you open on monday", "8 a.m. to 6 p.m.")]
    [InlineData("are you open on saturday", "Saturday we are open from 9 a.m.")]
    [InlineData("are you open on weekends", "Saturday")]
    [InlineData("where are you located", "200 River Street")]
    [InlineData("what's your address please", "200 River Street")]
    [InlineData("how do i get there by bus", "Bus lines 4 and 11")]
    [InlineData("is there parking", "Parking is free")]
    [InlineData("where can i park my car", "garage behind the building")]
    [InlineData("do you take blue cross insurance", "Blue Cross")]
    [InlineData("do you accept medicare", "Medicare")]
    [InlineData("i'd like to make an appointment", "book an appointment")]
    [InlineData("how can i book a visit", "book an appointment")]
    [InlineData("how much does it cost to cancel late", "25 dollars")]
    [InlineData("i need to cancel my appointment", "24 hours before")]
    [InlineData("how long does a prescription refill take", "two working days")]
    [InlineData("i need a refill of my medication", "refill")]
    [InlineData("who are your doctors", "Dr. Maria Lopez")]
    [InlineData("do you have a pediatrician for my son", "James Chen")]
    [InlineData("when will my test results be ready", "three to five days")]
    [InlineData("can i get a flu shot", "Flu shots")]
    [InlineData("this is an emergency", "911")]
    [InlineData("i am a new patient what should i bring", "photo ID")]
    public void A_question_is_answered_from_the_passage_that_knows(string question, string answer) =>
        Assert.Contains(answer, Reply(question), StringComparison.OrdinalIgnoreCase);

    /// <summary>As recognisers write them: wrong endings, sound-alikes, lost words.</summary>
    [Theory]
    [InlineData("what are you're opened hour", "8 a.m.")]
    [InlineData("is their barking", "Parking is free")]
    [InlineData("how long to the prescriptions refills to", "two working days")]
    [InlineData("when will my test result be reddy", "three to five days")]
    [InlineData("do you take bloo cross insurants", "Blue Cross")]
    [InlineData("i would like to an appointments", "appointment")]
    public void Recognition_errors_do_not_lose_the_topic(string heard, string answer) =>
        Assert.Contains(answer, Reply(heard), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("what's the capital of france")]
    [InlineData("can you repair my dishwasher")]
    [InlineData("who won the football game last night")]
    [InlineData("tell me a joke about penguins")]
    [InlineData("what is the weather tomorrow")]
    public void What_nobody_wrote_down_is_not_answered(string question) => Assert.Contains(NotKnown, Reply(question));

    [Theory]
    [InlineData("hello", "How can I help")]
    [InlineData("thank you very much", "You're welcome")]
    [InlineData("goodbye", "Goodbye")]
    [InlineData("are you a real person", "automated assistant")]
    [InlineData("can i speak to a human", "take a message")]
    [InlineData("", "didn't catch that")]
    public void Small_talk_is_answered_honestly(string said, string answer) => Assert.Contains(answer, Reply(said));

    [Fact]
    public void A_follow_up_leans_on_the_question_before()
    {
        Assert.Contains("9 a.m. to noon", Reply("when are you open", "and on saturday"));
        Assert.Contains("closed on Sunday", Reply("when are you open", "what about sunday"));
    }

    [Fact]
    public void Without_knowledge_it_does_not_know() =>
        Assert.Contains(NotKnown, ReplyTo("You are helpful.", null, "when are you open"));

    [Theory]
    [InlineData("I feel lonely since my mother died", "It sounds like you feel lonely since your mother died.")]
    [InlineData("I'm worried about my exam.", "It sounds like you're worried about your exam.")]
    [InlineData("are you a therapist", "not a therapist")]
    public void A_companion_reflects_and_asks(string said, string reply)
    {
        var answer = ReplyTo("You listen.", Companion("en"), said);
        Assert.Contains(reply, answer);
        Assert.EndsWith("?", answer);
    }

    [Theory]
    [InlineData("요즘 너무 외로워요", "외로우셨군요")]
    [InlineData("시험 때문에 불안해요", "불안하고")]
    public void A_companion_reflects_in_korean(string said, string echo)
    {
        var answer = ReplyTo("들어 주세요.", Companion("ko"), said);
        Assert.Contains(echo, answer);
        Assert.EndsWith("?", answer);
    }

    [Fact]
    public async Task The_reply_is_streamed_word_by_word()
    {
        using var client = new ExtractiveChatClient();
        var updates = await client.GetStreamingResponseAsync([new(ChatRole.System, ClinicKnowledge.System), new(ChatRole.User, "is there parking")]).ToListAsync();

        Assert.True(updates.Count > 5);
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.StartsWith("Parking is free", string.Concat(updates.Select(u => u.Text)));
    }

    private static Dictionary<string, string> Companion(string language) => new() { ["mode"] = "companion", ["language"] = language };

    private static string Reply(params string[] said) => ReplyTo(ClinicKnowledge.System, null, said);

    private static string ReplyTo(string system, IReadOnlyDictionary<string, string>? metadata, params string[] said)
    {
        var messages = new List<ChatMessage> { new(ChatRole.System, system) };
        messages.AddRange(said.Select(text => new ChatMessage(ChatRole.User, text)));
        return AgentOrCompanion(messages, metadata);
    }

    private static string AgentOrCompanion(List<ChatMessage> messages, IReadOnlyDictionary<string, string>? metadata)
    {
        var context = ReplyContext.From(messages, new ChatOptions { AdditionalProperties = new() { ["metadata"] = metadata } });
        return context.Mode == ReplyContext.Companion ? CompanionReply.To(context) : AgentReply.To(context);
    }
}
