using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Voice.ServiceDefaults.Errors;

/// <summary><c>{"error":{"message":…,"type":…,"param":…,"code":…}}</c>; all four are always there, param and code may be null.</summary>
internal sealed record OpenAiErrorBody([property: JsonPropertyName("error")] OpenAiErrorBody.Detail Error)
{
    public static OpenAiErrorBody From(ProblemDetails problem)
    {
        var message = problem.Detail ?? problem.Title ?? "The request failed.";
        var param = problem.Extensions.TryGetValue(ApiError.ParamKey, out var named) ? named as string : null;
        if (problem is HttpValidationProblemDetails { Errors.Count: > 0 } validation)
        {
            var first = validation.Errors.First();
            (param, message) = (param ?? first.Key, first.Value.FirstOrDefault() ?? message);
        }

        var code = problem.Extensions.TryGetValue(ApiError.CodeKey, out var coded) ? coded as string : null;
        return new(new Detail(message, TypeOf(problem.Status ?? 500), param, code));
    }

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    internal sealed record Detail(
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("param")] string? Param,
        [property: JsonPropertyName("code")] string? Code);
}

[JsonSerializable(typeof(OpenAiErrorBody))]
internal sealed partial class ErrorJson : JsonSerializerContext;
