namespace Voice.Gateway.Mail;

internal static class MailKind
{
    public const string SignUp = "sign_up";

    /// <summary>What a sign-up becomes where there is an account with the address.</summary>
    public const string AccountExists = "account_exists";
    public const string PasswordReset = "password_reset";
    public const string PasswordChanged = "password_changed";
    public const string SecondFactorAdded = "second_factor_added";
    public const string SecondFactorRemoved = "second_factor_removed";
    public const string ProviderLinked = "provider_linked";
    public const string ProviderUnlinked = "provider_unlinked";
    public const string Invitation = "invitation";

    /// <summary>Four fifths of a month's quota are used; <see cref="QuotaMail"/> is the reference.</summary>
    public const string QuotaWarning = "quota_warning";

    /// <summary>All of it is.</summary>
    public const string QuotaReached = "quota_reached";
}
