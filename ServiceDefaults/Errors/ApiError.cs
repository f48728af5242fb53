using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Voice.ServiceDefaults.Errors;

/// <summary>
/// Every error of the platform: ProblemDetails, or under <c>/v1/</c> OpenAI's <c>{"error":{…}}</c>, decided by the path when it is written.
/// </summary>
public static class ApiError
{
    internal const string CodeKey = "code";
    internal const string ParamKey = "param";

    /// <summary>For endpoints: <c>return ApiError.Result(404, "session_not_found", "There is no session …")</c>.</summary>
    /// <param name="param">The field or parameter at fault, where there is one.</param>
    public static ProblemHttpResult Result(int status, string code, string detail, string? param = null) =>
        TypedResults.Problem(Create(status, code, detail, param));

    /// <summary>For middleware and authentication handlers, which have no result to return. Does nothing once the response has started.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string code, string detail, string? param = null)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(
            new ProblemDetailsContext { HttpContext = context, ProblemDetails = Create(status, code, detail, param) });
    }

    private static ProblemDetails Create(int status, string code, string detail, string? param)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail };
        problem.Extensions[CodeKey] = code;
        if (param is not null)
        {
            problem.Extensions[ParamKey] = param;
        }

        return problem;
    }
}
