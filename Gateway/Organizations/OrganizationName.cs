using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.Organizations;

internal static class OrganizationName
{
    private const int MaxLength = 100;

    /// <summary>It is shown in mails and pages; links in it would be somebody's advertisement, sent by us.</summary>
    public static bool IsGood(string? name) =>
        name is { Length: > 0 and <= MaxLength } && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c)) && !name.Contains("://", StringComparison.Ordinal)
        && !name.Contains("www.", StringComparison.OrdinalIgnoreCase);

    public static ProblemHttpResult Problem(string param) => ApiError.Result(
        StatusCodes.Status400BadRequest, "invalid_name", $"A name has 1 to {MaxLength} characters and no links.", param);
}
