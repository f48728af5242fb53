using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Api.Http;

/// <summary>The problems that several features share.</summary>
internal static class Problems
{
    public static ProblemHttpResult NotFound(string what) =>
        ApiError.Result(StatusCodes.Status404NotFound, $"{what}_not_found", $"There is no such {what}.");
}
