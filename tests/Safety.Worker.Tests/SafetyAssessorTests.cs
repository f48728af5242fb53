using Voice.Safety.Interventions;

namespace Voice.Safety.Tests;

public sealed class SafetyAssessorTests
{
    [Fact]
    public void Assess_SameConcernThreeTimes_IsACrisis()
    {
        var findings = Assess("i feel hopeless", "the weather is fine", "i feel hopeless", "so hopeless", "what time is it");

        Assert.Equal(["concern", null, "concern", "crisis", null], findings.Select(f => f?.Severity));
        Assert.Equal(["lexicon", null, "lexicon", "repeated_concern", null], findings.Select(f => f?.Layer));
    }

    [Fact]
    public void Assess_ConcernsFarApart_StayConcerns()
    {
        var quiet = Enumerable.Repeat("the weather is fine", 9);

        var findings = Assess(["i feel hopeless", .. quiet, "i feel hopeless", .. quiet, "i feel hopeless"]);

        Assert.Equal(["concern", "concern", "concern"], findings.OfType<SafetyFinding>().Select(f => f.Severity));
    }

    [Fact]
    public void Assess_SentenceThatEnded_IsNotJoinedWithTheNext()
    {
        Assert.All(Assess("That is the process I want to kill.", "Myself, I would restart it."), Assert.Null);
    }

    [Fact]
    public void Assess_CrisisCutByAPause_IsFoundInTheSecondHalf()
    {
        var findings = Assess("and then i thought i want to kill", "myself");

        Assert.Null(findings[0]);
        Assert.Equal(("crisis", "lexicon_across_turns"), (findings[1]?.Severity, findings[1]?.Layer));
    }

    [Fact]
    public void Assess_TurnAfterACrisis_DoesNotRepeatIt()
    {
        var findings = Assess("i want to end my life", "yes");

        Assert.NotNull(findings[0]);
        Assert.Null(findings[1]);
    }

    private static List<SafetyFinding?> Assess(params string[] turns)
    {
        var context = SessionContext.Empty;
        var findings = new List<SafetyFinding?>();
        foreach (var (index, transcript) in turns.Index())
        {
            (var finding, context) = SafetyAssessor.Assess(transcript, "en", index + 1, context);
            findings.Add(finding);
        }

        return findings;
    }
}
