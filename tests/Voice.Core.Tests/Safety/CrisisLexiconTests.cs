using System.Text.Json;
using Voice.Core.Safety;
using Xunit.Abstractions;

namespace Voice.Core.Tests.Safety;

public sealed class CrisisLexiconTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("I want to end my life", "suicide")]
    [InlineData("i just wanna die", "suicide")]
    [InlineData("I don't want to live anymore.", "suicide")]
    [InlineData("I’m going to kill myself tonight", "suicide")]
    [InlineData("this homework is killing me and I want to kill my self", "suicide")]
    [InlineData("everyone would be better off without me", "suicide")]
    [InlineData("there is no reason to live", "suicide")]
    [InlineData("I can't stop thinking about killing myself", "suicide")]
    [InlineData("why not just kill myself", "suicide")]
    [InlineData("i took a whole bottle of pills", "suicide")]
    [InlineData("I've been su1cidal, I am suicidal again", "suicide")]
    [InlineData("thinking about sue a side", "suicide")]
    [InlineData("i am not okay i want to die", "suicide")]
    [InlineData("I keep cutting myself", "self_harm")]
    [InlineData("I have been self-harming", "self_harm")]
    [InlineData("I'm going to kill my boss", "harm_to_others")]
    [InlineData("my husband beats me every night", "abuse")]
    [InlineData("I was raped", "abuse")]
    [InlineData("I have chest pain and my arm hurts", "medical_emergency")]
    [InlineData("my mother can't breathe", "medical_emergency")]
    [InlineData("I think he is having a stroke", "medical_emergency")]
    [InlineData("please call an ambulance", "medical_emergency")]
    public void English_of_people_in_danger_is_a_crisis(string text, string category) =>
        Assert.Equal((category, "crisis"), Finding(text, "en"));

    [Theory]
    [InlineData("this traffic is killing me")]
    [InlineData("how do I kill the process")]
    [InlineData("my phone died")]
    [InlineData("End my life insurance, please.")]
    [InlineData("I'm dying to know what happened")]
    [InlineData("I am dying of boredom here")]
    [InlineData("I am not suicidal")]
    [InlineData("I would never hurt myself")]
    [InlineData("I don't want to kill myself")]
    [InlineData("my back is killing me")]
    [InlineData("I could kill for a coffee")]
    [InlineData("my mom is going to kill me when she sees this")]
    [InlineData("we watched Suicide Squad yesterday")]
    [InlineData("a movie about a man who wants to kill himself")]
    [InlineData("I cut myself shaving")]
    [InlineData("he beat me at chess")]
    [InlineData("the dead line is on friday")]
    [InlineData("can you take my blood pressure")]
    [InlineData("I want to book an appointment with the doctor")]
    [InlineData("I'm checking in for my appointment at ten")]
    [InlineData("do you have parking and what do I take with me")]
    [InlineData("")]
    [InlineData("   ?!  ")]
    public void English_idiom_denial_and_everyday_speech_is_nothing(string text) => Assert.Null(CrisisLexicon.Assess(text, "en"));

    [Theory]
    [InlineData("I feel hopeless", "suicide")]
    [InlineData("my friend says she wants to die", "suicide")]
    [InlineData("I hate my life", "suicide")]
    [InlineData("I want to punch my boss", "harm_to_others")]
    public void What_is_grave_but_not_now_is_a_concern(string text, string category) => Assert.Equal((category, "concern"), Finding(text, "en"));

    [Theory]
    [InlineData("죽고 싶어요", "suicide")]
    [InlineData("그냥 죽고만 싶다", "suicide")]
    [InlineData("살고 싶지 않아", "suicide")]
    [InlineData("자살하고 싶어", "suicide")]
    [InlineData("더 이상 살 이유가 없어요", "suicide")]
    [InlineData("다리에서 뛰어내리고 싶어요", "suicide")]
    [InlineData("수면제를 한꺼번에 먹었어요", "suicide")]
    [InlineData("손목을 그었어요", "suicide")]
    [InlineData("배고파 죽겠고 진짜 죽고 싶어", "suicide")]
    [InlineData("요즘 자해를 해요", "self_harm")]
    [InlineData("남편이 매일 때려요", "abuse")]
    [InlineData("그 새끼 죽여버리고 싶어", "harm_to_others")]
    [InlineData("가슴이 너무 아프고 식은땀이 나요", "medical_emergency")]
    [InlineData("숨을 못 쉬겠어요", "medical_emergency")]
    public void Korean_of_people_in_danger_is_a_crisis(string text, string category) => Assert.Equal((category, "crisis"), Finding(text, "ko"));

    [Theory]
    [InlineData("배고파 죽겠어")]
    [InlineData("웃겨 죽는 줄 알았어")]
    [InlineData("더워 죽겠네")]
    [InlineData("이 집 국수 맛이 죽여줘요")]
    [InlineData("휴대폰이 죽었어요")]
    [InlineData("자살 예방 캠페인을 봤어요")]
    [InlineData("죽고 싶지는 않아요")]
    [InlineData("자살할 생각은 없어요")]
    [InlineData("점심에 호박죽 먹었어")]
    [InlineData("모기를 죽였어")]
    [InlineData("예약을 하고 싶어요")]
    public void Korean_idiom_denial_and_everyday_speech_is_nothing(string text) => Assert.Null(CrisisLexicon.Assess(text, "ko"));

    [Fact]
    public void Korean_is_read_in_an_English_session() => Assert.Equal("suicide", CrisisLexicon.Assess("죽고 싶어요", "en")?.Category);

    [Fact]
    public void A_long_hostile_text_is_read_in_linear_time()
    {
        var text = string.Concat(Enumerable.Repeat("i want to to to just just not kill the the ", 20_000));
        var started = TimeProvider.System.GetTimestamp();

        CrisisLexicon.Assess(text, "en");

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [TestDataFact("text_crisis/xstest_hard_negatives.jsonl")]
    public void Labelled_texts_are_told_apart_at_least_as_well_as_before()
    {
        int hits = 0, misses = 0, alarms = 0, quiet = 0;
        foreach (var file in (string[])["beacon_hard_crisis.jsonl", "xstest_hard_negatives.jsonl"])
        {
            foreach (var line in File.ReadLines(TestData.Path($"text_crisis/{file}")!).Where(line => line.Length > 0))
            {
                var row = JsonDocument.Parse(line).RootElement;
                var text = row.GetProperty("text").GetString()!;
                var crisis = row.GetProperty("label").GetString() == "crisis";
                var found = CrisisLexicon.Assess(text, "en") is not null;
                _ = (crisis, found) switch { (true, true) => hits++, (true, false) => misses++, (false, true) => alarms++, _ => quiet++ };
                if (crisis != found)
                {
                    output.WriteLine($"{(crisis ? "missed" : "false alarm")}: {text}");
                }
            }
        }

        output.WriteLine($"precision {hits}/{hits + alarms}, recall {hits}/{hits + misses}, quiet {quiet}");
        Assert.Equal(0, alarms);
        Assert.True(misses <= 1, $"{misses} missed");
    }

    private static (string, string)? Finding(string text, string language) =>
        CrisisLexicon.Assess(text, language) is { } found ? (found.Category, found.Severity) : null;
}
