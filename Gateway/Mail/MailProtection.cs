using Microsoft.AspNetCore.DataProtection;

namespace Voice.Gateway.Mail;

internal static class MailProtection
{
    public static IDataProtector Create(IDataProtectionProvider protection) => protection.CreateProtector("mail body");
}
