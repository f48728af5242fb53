using Voice.Core.Safety;

namespace Voice.Core.Tests.Safety;

public sealed class SafetyMessagesTests
{
    [Theory]
    [InlineData("en", "988")]
    [InlineData("en-GB", "116 123")]
    [InlineData("ko", "109")]
    [InlineData("es-ES", "024")]
    [InlineData("de-DE", "112")]
    public void The_line_to_call_is_the_one_of_the_region(string language, string contact)
    {
        var message = SafetyMessages.For(CrisisCategories.Suicide, CrisisSeverities.Crisis, language);

        Assert.Equal(contact, message.Resources[0].Contact);
        Assert.Contains(contact, message.Text);
    }

    [Theory]
    [InlineData("en", "911")]
    [InlineData("ko-KR", "119")]
    [InlineData("en-AU", "112")]
    public void A_medical_emergency_names_the_emergency_number(string language, string contact) =>
        Assert.Contains(contact, SafetyMessages.For(CrisisCategories.MedicalEmergency, CrisisSeverities.Crisis, language).Text);
}
