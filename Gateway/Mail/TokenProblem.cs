using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.Mail;

internal static class TokenProblem
{
    /// <summary>One answer for what never was, is used, or is too old.</summary>
    public static ProblemHttpResult Result() => ApiError.Result(
        StatusCodes.Status400BadRequest, "invalid_link", "The link was used already, is too old, or is not whole. Ask for a new one.", "token");
}
