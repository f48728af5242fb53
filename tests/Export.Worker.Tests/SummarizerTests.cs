using Voice.Core.Summaries;

namespace Voice.Export.Tests;

public sealed class SummarizerTests
{
    [Fact]
    public void Summarize_EnglishCall_KeepsTheAskAndTheAnswerAndDropsPoliteness()
    {
        var summary = ExtractiveSummarizer.Summarize(
            Talk(
                "hello good morning", "Good morning, how can I help you?",
                "i would like to know when the clinic is open on saturday", "The clinic is open on Saturday from nine to one.",
                "and where can i park my car", "There is free parking behind the clinic.",
                "okay thank you very much", "You're welcome. Is there anything else?",
                "no that's all bye", "Goodbye."),
            "en-US");

        Assert.Equal("extractive", summary.Method);
        Assert.Equal(
            ["i would like to know when the clinic is open on saturday", "The clinic is open on Saturday from nine to one."],
            summary.Sentences.Select(s => s.Text).Take(2));
        Assert.DoesNotContain(summary.Sentences, s => s.Text.Contains("welcome", StringComparison.OrdinalIgnoreCase) || s.Text.Contains("morning", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("clinic", summary.Topics);
        Assert.Empty(summary.OpenQuestions);
        Assert.StartsWith("User: i would like to know", summary.Text);
    }

    [Fact]
    public void Summarize_SpanishCall_FindsTopicsAndOpenQuestions()
    {
        var summary = ExtractiveSummarizer.Summarize(
            Talk(
                "Hola, buenos días.", "Buenos días, ¿en qué puedo ayudarle?",
                "quisiera pedir una cita con la doctora García para el viernes", "La doctora García tiene una cita libre el viernes a las diez.",
                "¿y cuánto cuesta la cita?", "Lo siento, no tengo esa información.",
                "muchas gracias", "De nada."),
            "es");

        Assert.Equal("es", summary.Language);
        Assert.Contains(summary.Topics, t => t.Contains("cita", StringComparison.Ordinal));
        Assert.Equal(["¿y cuánto cuesta la cita?"], summary.OpenQuestions);
        Assert.DoesNotContain(summary.Sentences, s => s.Text is "muchas gracias" or "De nada." or "Hola, buenos días.");
    }

    [Fact]
    public void Summarize_KoreanCall_FindsTopicsAcrossParticles()
    {
        var summary = ExtractiveSummarizer.Summarize(
            Talk(
                "안녕하세요", "안녕하세요, 무엇을 도와드릴까요?",
                "병원 진료 예약을 하고 싶어요", "진료 예약은 금요일 오전에 가능합니다.",
                "예약에 필요한 서류가 뭐예요", "잘 모르겠습니다.",
                "네 감사합니다", "감사합니다."),
            "ko-KR");

        Assert.Equal("ko", summary.Language);
        Assert.Contains(summary.Topics, t => t.Contains("예약", StringComparison.Ordinal));
        Assert.Contains(summary.Sentences, s => s.Text == "병원 진료 예약을 하고 싶어요");
        Assert.Equal(["예약에 필요한 서류가 뭐예요"], summary.OpenQuestions);
    }

    [Fact]
    public void Summarize_SaysTheSameTwice_KeepsItOnce()
    {
        var summary = ExtractiveSummarizer.Summarize(
            Talk("my washing machine is broken and leaks water", "I see.", "the washing machine is broken and leaks water", "I see.", "i bought it in march from your online store", "Thanks."),
            "en");

        Assert.Single(summary.Sentences, s => s.Text.Contains("washing machine", StringComparison.Ordinal));
    }

    [Fact]
    public void Summarize_Nothing_IsEmpty()
    {
        var summary = ExtractiveSummarizer.Summarize([], "en");

        Assert.Equal(("", 0, 0, 0), (summary.Text, summary.Sentences.Count, summary.Topics.Count, summary.OpenQuestions.Count));
    }

    [Fact]
    public void Summarize_OnlyPoliteness_IsEmpty()
    {
        Assert.Empty(ExtractiveSummarizer.Summarize(Talk("hello", "Hello, how can I help you?", "thank you bye", "Goodbye."), "en").Sentences);
    }

    [Fact]
    public void Summarize_HoursOfTalk_StaysShortAndQuick()
    {
        var said = Enumerable.Range(0, 4_000).SelectMany(i => new[] { $"caller sentence number {i} about topic {i % 50} and item {i % 7}", $"Reply {i} on topic {i % 50}." }).ToArray();

        var summary = ExtractiveSummarizer.Summarize(Talk(said), "en");

        Assert.InRange(summary.Sentences.Count, 2, 6);
    }

    [Theory]
    [InlineData("Dr. Smith is in. He comes at 9.30 a.m. today.", new[] { "Dr. Smith is in.", "He comes at 9.30 a.m. today." })]
    [InlineData("It costs 3.50 at example.org! Really? Yes", new[] { "It costs 3.50 at example.org!", "Really?", "Yes" })]
    [InlineData("no punctuation at all here", new[] { "no punctuation at all here" })]
    [InlineData("  ", new string[0])]
    public void Split_Text_IsSentences(string text, string[] sentences) => Assert.Equal(sentences, SentenceSplitter.Split(text));

    [Theory]
    [InlineData("en", "what time do you close", true)]
    [InlineData("en", "can you help me", true)]
    [InlineData("en", "i close at nine", false)]
    [InlineData("es", "¿a qué hora cierran?", true)]
    [InlineData("es", "cuando abren los sabados", true)]
    [InlineData("es", "mi hijo tiene fiebre", false)]
    [InlineData("ko", "몇 시에 문을 닫나요", true)]
    [InlineData("ko", "예약할 수 있을까요", true)]
    [InlineData("ko", "내일 갈게요", false)]
    public void IsQuestion_WithoutPunctuation_IsSeenByItsWords(string language, string sentence, bool question) =>
        Assert.Equal(question, LanguageProfile.For(language).IsQuestion(sentence));

    private static List<Utterance> Talk(params string[] said) =>
        [.. said.Select((text, i) => new Utterance((i / 2) + 1, i % 2 == 0 ? Speakers.User : Speakers.Assistant, text))];
}
