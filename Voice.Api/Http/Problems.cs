using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Api.Http;

/// <summary>The problems that several features share.</summary>
internal static class Problems
{
    public static ProblemHttpResult InvalidLimit() => ApiError.Result(
        StatusCodes.Status400BadRequest, "invalid_limit", $"limit must be between 1 and {PageQuery.MaxLimit}.", "limit");

    public static ProblemHttpResult InvalidCursor() => ApiError.Result(
        StatusCodes.Status400BadRequest,
        "invalid_cursor",
        "cursor is not one that this API gave out; take next_cursor of the page before, unchanged.",
        "cursor");

    public static ProblemHttpResult NotFound(string what) =>
        ApiError.Result(StatusCodes.Status404NotFound, $"{what}_not_found", $"There is no such {what}.");
}
