namespace Voice.ServiceDefaults.Errors;

/// <summary>Accounts, passwords, second factors, members, invitations.</summary>
public static partial class ErrorCatalog
{
    private static ErrorType[] People =>
    [
        new("account_not_found", 404, "The account is gone", "Sign in again."),
        new("already_member", 409, "There is such a member already", "Change the member's role instead."),
        new("confirmation_required", 403, "A fresh proof is required", "POST /api/v1/auth/confirm with the password, or a code where there is a second factor; then repeat the request."),
        new("invalid_access", 400, "The list of whom the agent is kept for is not good", "At most 100, each with either role or user."),
        new("invalid_challenge", 401, "The sign-in has to begin again", "Challenges last five minutes. Send e-mail and password again."),
        new("invalid_code", 401, "The code is not valid", "Codes are good for half a minute and once. Check the clock of the device that makes them."),
        new("invalid_email", 400, "That is no e-mail address", "Send one address, without a name."),
        new("invalid_language", 400, "The language is not known", "Use en, es or ko."),
        new("invalid_link", 400, "The link is not good", "It was used, is too old, or is not whole. Ask for a new one."),
        new("invalid_name", 400, "The name is not good", "1 to 100 characters, without links."),
        new("invalid_password", 400, "The password is no text", "Use characters that can be typed."),
        new("invalid_role", 400, "The role is not known", "Use owner, admin, member or viewer."),
        new("invitation_not_found", 404, "There is no such invitation that waits", "GET /api/v1/invitations lists them."),
        new("last_owner", 409, "An organization needs an owner", "Make somebody else an owner first."),
        new("last_way_in", 409, "It is the only way into the account", "Choose a password first: POST /api/v1/auth/password/forgot."),
        new("linked_provider_not_found", 404, "No such provider leads into the account", "GET /api/v1/account/providers lists those that do."),
        new("mail_not_found", 404, "There is no such mail", "Mails that were sent, and old ones, are not kept."),
        new("member_not_found", 404, "There is no such member", "GET /api/v1/members lists them."),
        new("not_confirmed", 403, "The proof is wrong", "Check password or code. After several tries there is a pause."),
        new("organization_not_found", 404, "There is no such organization", "GET /api/v1/organizations lists yours."),
        new("other_account", 409, "The invitation is for another account", "Sign out, or sign in with the invited address."),
        new("password_about_you", 400, "The password is about you", "Use words that have nothing to do with your address, your organization or us."),
        new("password_common", 400, "The password is easy to guess", "Use several words that do not belong together."),
        new("password_too_long", 400, "The password is too long", "Use at most 256 characters."),
        new("password_too_short", 400, "The password is too short", "Use at least 12 characters."),
        new("sign_in_provider_not_found", 404, "There is no such provider to sign in with", "GET /api/v1/auth/providers lists them."),
        new("provider_taken", 409, "The provider leads into another account", "Sign in with it, and take it away from that account first."),
        new("role_not_allowed", 403, "You may not give or take away that role", "Only owners make and unmake owners."),
        new("second_factor_exists", 409, "There is a second factor already", "Remove it first."),
        new("second_factor_not_found", 404, "There is no second factor", "POST /api/v1/account/second-factor sets one up."),
        new("second_factor_required", 401, "A code is required", "The account has a second factor. Send its code, or a recovery code, with the password."),
        new("sign_in_provider_unavailable", 503, "The provider to sign in with does not answer", "Wait a moment and begin again."),
        new("sign_in_required", 409, "There is an account with this address", "Sign in, then accept the invitation."),
        new("too_many_organizations", 409, "Too many organizations", "Leave or hand over one that you own."),
    ];
}
