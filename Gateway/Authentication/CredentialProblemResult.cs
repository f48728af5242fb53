using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;

namespace Voice.Gateway.Authentication;

internal static class CredentialProblemResult
{
    public static ProblemHttpResult AsResult(this CredentialProblem problem) => ApiError.Result(problem.Status, problem.Code, problem.Message);
}
