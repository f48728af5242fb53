using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Pipelines.Documents;
using Voice.ServiceDefaults.Errors;

namespace Voice.Inference.Pipelines.Api;

/// <summary>The refusals that these endpoints share.</summary>
internal static class PipelineAnswers
{
    public static ProblemHttpResult NotFound(string what, string code) => ApiError.Result(StatusCodes.Status404NotFound, code, $"There is no such {what}.");

    public static ProblemHttpResult NoPipeline() => NotFound("pipeline", "pipeline_not_found");

    public static ProblemHttpResult NoRun() => NotFound("run", "run_not_found");

    /// <summary>The first problem in words, and all of them as <c>problems</c>.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<PipelineProblem> problems)
    {
        var first = problems[0];
        var where = first.Step is null ? first.Field : $"{first.Field} (step '{first.Step}')";
        var result = ApiError.Result(
            StatusCodes.Status400BadRequest, "invalid_pipeline", where.Length == 0 ? first.Message : $"{where}: {first.Message}", first.Field.Length == 0 ? null : first.Field);
        result.ProblemDetails.Extensions["problems"] = new JsonArray([.. problems.Select(problem => (JsonNode)new JsonObject
        {
            ["step"] = problem.Step, ["field"] = problem.Field, ["message"] = problem.Message,
        })]);
        return result;
    }

    public static ProblemHttpResult InvalidInputs(PipelineProblem problem) =>
        ApiError.Result(StatusCodes.Status400BadRequest, "invalid_inputs", problem.Field.Length == 0 ? problem.Message : $"{problem.Field}: {problem.Message}", problem.Field);
}
