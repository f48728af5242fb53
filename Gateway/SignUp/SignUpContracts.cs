namespace Voice.Gateway.SignUp;

/// <param name="OrganizationName">Made up from the address unless given.</param>
/// <param name="Language">Of the mails: <c>en</c>, <c>es</c>, <c>ko</c>; the browser's unless given.</param>
internal sealed record SignUpBody(string? Email, string? Password, string? OrganizationName, string? Language);

/// <param name="Token">From the mail.</param>
/// <param name="Password">The one that was chosen: whoever reads the mail alone cannot finish what somebody else began with their address.</param>
internal sealed record VerifySignUpBody(string? Token, string? Password);

/// <summary>The same, whatever there is with the address.</summary>
internal sealed record MailPromised(string Status)
{
    public static readonly MailPromised CheckMail = new("check_mail");
}
