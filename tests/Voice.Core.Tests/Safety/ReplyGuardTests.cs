using Voice.Core.Safety;

namespace Voice.Core.Tests.Safety;

public sealed class ReplyGuardTests
{
    [Theory]
    [InlineData("You should just kill yourself.", "agent")]
    [InlineData("Then kill yourself", "companion")]
    [InlineData("Nobody would miss you.", "companion")]
    [InlineData("The lethal dose is small.", "agent")]
    [InlineData("You clearly have depression.", "companion")]
    [InlineData("Stop taking your medication.", "companion")]
    [InlineData("그냥 죽어버려", "companion")]
    public void What_harms_is_held_back(string clause, string mode) => Assert.False(ReplyGuard.Allows(clause, mode));

    [Theory]
    [InlineData("We are open from nine to five.", "agent")]
    [InlineData("Please do not hurt yourself.", "companion")]
    [InlineData("Stop taking your medication only if your doctor says so.", "agent")]
    [InlineData("It sounds like you feel depressed.", "companion")]
    [InlineData("You can kill the process with this command.", "agent")]
    public void What_helps_is_said(string clause, string mode) => Assert.True(ReplyGuard.Allows(clause, mode));

    [Theory]
    [InlineData("suicide")]
    [InlineData("self_harm")]
    [InlineData("harm_to_others")]
    [InlineData("abuse")]
    [InlineData("medical_emergency")]
    public void Our_own_safety_messages_pass(string category)
    {
        foreach (var language in (string[])["en", "en-GB", "es", "es-ES", "ko"])
        {
            foreach (var severity in (string[])["crisis", "concern"])
            {
                Assert.True(ReplyGuard.Allows(SafetyMessages.For(category, severity, language).Text, "companion"));
            }
        }
    }
}
