using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.Passwords;

/// <summary>Why a password is refused, said so that the next one is better.</summary>
internal sealed record PasswordProblem(string Code, string Message)
{
    public static readonly PasswordProblem NotText = new("invalid_password", "The password contains characters that are no text.");

    public static readonly PasswordProblem TooShort = new(
        "password_too_short", $"Use at least {PasswordPolicy.MinLength} characters. Several words that do not belong together are easy to remember.");

    public static readonly PasswordProblem TooLong = new("password_too_long", $"Use at most {PasswordPolicy.MaxLength} characters.");

    public static readonly PasswordProblem AboutYou = new(
        "password_about_you", "The password is mostly your e-mail address, your organization's name or ours. Those are tried first.");

    public static readonly PasswordProblem Common = new(
        "password_common", "The password is too easy to guess: a common password, a repetition, a row of keys or a date. Several words that do not belong together are better.");

    /// <summary>What an endpoint that takes a new password may answer.</summary>
    public static readonly string[] Codes = [NotText.Code, TooShort.Code, TooLong.Code, AboutYou.Code, Common.Code];

    public ProblemHttpResult AsResult(string param) => ApiError.Result(StatusCodes.Status400BadRequest, Code, Message, param);
}
