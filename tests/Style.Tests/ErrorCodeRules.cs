using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voice.Style.Tests;

/// <summary>Partners program against error codes: each one that the code has is in the catalogue, and none is there twice.</summary>
public partial class ErrorCodeRules
{
    private static readonly List<string> Catalogue =
    [
        .. from file in SourceFile.CSharp
           where file.Path.StartsWith("ServiceDefaults/Errors/ErrorCatalog.", StringComparison.Ordinal)
           from Match match in Entry().Matches(file.Text)
           select match.Groups[1].Value,
    ];

    [Fact]
    public void Every_error_code_is_in_the_catalogue() => Assert.Empty(Used().Where(use => !Catalogue.Contains(use.Code)).Select(use => $"{use.Code} ({use.Path})"));

    [Fact]
    public void No_code_is_in_the_catalogue_twice() => Assert.Empty(Catalogue.GroupBy(code => code).Where(same => same.Count() > 1).Select(same => same.Key));

    [Fact]
    public void Codes_of_the_usual_places_are_found()
    {
        var used = Used().Select(use => use.Code).ToHashSet();
        Assert.Empty(((string[])["invalid_limit", "expired_api_key", "model_not_found", "cross_site_request", "session_not_found", "payload_too_large"]).Except(used));
    }

    private static IEnumerable<(string Path, string Code)> Used()
    {
        foreach (var file in SourceFile.CSharp.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal)))
        {
            if (file.Text.Contains("ApiError.", StringComparison.Ordinal))
            {
                foreach (var call in CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
                {
                    if (call.Expression.ToString() is "ApiError.Result" or "ApiError.WriteAsync"
                        && call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<LiteralExpressionSyntax>().Select(literal => literal.Token.Value)
                            .OfType<string>().FirstOrDefault() is { } code)
                    {
                        yield return (file.Path, code);
                    }
                }
            }

            // What is wrong with a credential, and what an engine failed at, become errors elsewhere.
            if (file.Name.EndsWith("Problem.cs", StringComparison.Ordinal) || file.Name.EndsWith("Failure.cs", StringComparison.Ordinal))
            {
                foreach (Match match in Constructed().Matches(file.Text))
                {
                    yield return (file.Path, match.Groups[1].Value);
                }
            }
        }
    }

    [GeneratedRegex("""new\("([a-z_]+)", \d{3},""")]
    private static partial Regex Entry();

    [GeneratedRegex("""new\(\s*(?:StatusCodes\.\w+,\s*)?"([a-z]+(?:_[a-z]+)+)",""")]
    private static partial Regex Constructed();
}
