using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Voice.ServiceDefaults.Errors;

/// <summary>What the framework could not read, said without the names of our types that its own messages have.</summary>
/// <param name="Param">The field of the body, or the parameter, at fault.</param>
internal sealed partial record BadRequestDetail(string Message, string? Param)
{
    public static BadRequestDetail Of(BadHttpRequestException exception)
    {
        if (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new("The body is larger than this address takes.", null);
        }

        if (exception.InnerException is JsonException json)
        {
            // "$.turns[0].text" is the body's turns[0].text; "$" is all of it.
            var field = json.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
            var where = field is null ? "" : $" at {field}";
            return new($"The JSON body cannot be read{where} (line {json.LineNumber.GetValueOrDefault() + 1}).", field);
        }

        // Failed to bind parameter "int number" from "abc".
        return ParameterName().Match(exception.Message) is { Success: true } match
            ? new($"The value of '{match.Groups["name"].Value}' is missing or cannot be read.", match.Groups["name"].Value)
            : new("The request cannot be read.", null);
    }

    [GeneratedRegex("""parameter "[^" ]+ (?<name>[^"]+)"[ .]""", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
