using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Voice.Style.Tests;

/// <summary>Each fact lists what breaks the rule; an empty list passes.</summary>
public partial class HouseRules
{
    private static readonly string[] Root =
    [
        ".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore", "AppHost", "BannedSymbols.txt", "CONTRIBUTING.md", "Directory.Build.props",
        "Directory.Build.targets", "Directory.Packages.props", "Export.Worker", "Gateway", "Inference.Worker", "LICENSE", "README.md", "Safety.Worker",
        "ServiceDefaults", "Voice.Api", "Voice.Core", "VoiceAspire.sln", "Web", "azure.yaml", "bench", "clients", "docs", "eng", "global.json", "infra",
        "offline", "run.sh", "samples", "test.sh", "tests",
    ];

    [Fact]
    public void The_root_is_a_shop_window() => Assert.Empty(SourceFile.All.Select(file => file.Path.Split('/')[0]).Distinct().Except(Root));

    [Fact]
    public void The_app_host_is_one_page() => Assert.InRange(SourceFile.All.Single(file => file.Path == "AppHost/AppHost.cs").Lines, 1, 80);

    [Fact]
    public void Programs_are_add_build_map() => Assert.Empty(SourceFile.CSharp.Where(file => file.Name == "Program.cs" && file.Lines > 40).Select(Size));

    [Fact]
    public void Files_are_short() => Assert.Empty(SourceFile.CSharp.Where(file => file.Lines > 400).Select(Size));

    [Fact]
    public void Methods_are_short() => Assert.Empty(
        from file in SourceFile.CSharp
        from member in CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes()
        where member is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax
        let span = member.SyntaxTree.GetLineSpan(member.Span)
        let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
        where lines > 80
        select $"{file.Path}:{span.StartLinePosition.Line + 1}: {lines} lines");

    [Fact]
    public void Namespaces_are_file_scoped() => Assert.Empty(
        SourceFile.CSharp.Where(file => BlockNamespace().IsMatch(file.Text) && !file.Path.StartsWith("offline/Surface/", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Nothing_is_left_for_later() => Assert.Empty(
        from file in SourceFile.CSharp
        where file.Path != "tests/Style.Tests/HouseRules.cs"
        from match in LeftForLater().Matches(file.Text)
        select $"{file.Path}: {match.Value}");

    [Fact]
    public void No_regions() => Assert.Empty(
        SourceFile.CSharp.Where(file => file.Text.Split('\n').Any(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal))).Select(file => file.Path));

    [Fact]
    public void No_file_knows_somebodys_machine() => Assert.Empty(
        from file in SourceFile.All
        where file.Path != "tests/Style.Tests/HouseRules.cs"
        from match in MachinePath().Matches(file.Text)
        select $"{file.Path}: {match.Value}");

    [Fact]
    public void Decisions_have_numbers_of_their_own() => Assert.Empty(
        from file in SourceFile.All
        where file.Path.StartsWith("docs/decisions/", StringComparison.Ordinal) && char.IsAsciiDigit(file.Name[0])
        group file.Path by file.Name[..4] into same
        where same.Count() > 1
        select string.Join(" and ", same));

    [Fact]
    public void Every_csharp_project_is_in_the_solution()
    {
        var solution = SourceFile.All.Single(file => file.Path == "VoiceAspire.sln").Text.Replace('\\', '/');
        Assert.Empty(SourceFile.All
            // Samples are for others to copy, tools under eng are run by themselves.
            .Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal) && file.Path.Split('/')[0] is not ("samples" or "eng"))
            .Where(file => !solution.Contains($"\"{file.Path}\"", StringComparison.Ordinal))
            .Select(file => file.Path));
    }

    private static string Size(SourceFile file) => $"{file.Path}: {file.Lines} lines";

    [GeneratedRegex(@"^namespace [\w.]+\s*\{", RegexOptions.Multiline)]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"\bTODO\b|\bFIXME\b|\bHACK\b|NotImplementedException")]
    private static partial Regex LeftForLater();

    // /root and /home belong to somebody, /work to a build machine; web addresses may have such a path.
    [GeneratedRegex(@"(?<![\w.:/-])/(root|home/\w+|work|Users/\w+)/[\w.]+")]
    private static partial Regex MachinePath();
}
