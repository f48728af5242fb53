using System.Text.RegularExpressions;

namespace Voice.Style.Tests;

/// <summary>The list of attacks names the tests that try them; a test that is renamed or removed must not leave the list behind.</summary>
public partial class AttackRules
{
    [Fact]
    public void Every_test_that_the_list_names_is_there()
    {
        var list = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "specs", "attacks.md"));
        var named = Name().Matches(list).Select(match => (Class: match.Groups[1].Value, Test: match.Groups[2].Value)).ToList();
        Assert.True(named.Count > 30);
        Assert.All(named, name => Assert.Contains(SourceFile.CSharp, file =>
            file.Path.StartsWith("tests/", StringComparison.Ordinal) && file.Text.Contains($"class {name.Class}", StringComparison.Ordinal)
            && (name.Test == "*" || file.Text.Contains($" {name.Test}(", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"`(\w+Tests)\.(\w+|\*)`")]
    private static partial Regex Name();
}
