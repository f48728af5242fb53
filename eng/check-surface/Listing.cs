using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VoiceAspire.CheckSurface;

/// <summary>The published API listings, parsed and bound in memory. They are source in form, but nothing is built from them: types that a
/// listing names and no reference has stay unresolved, and are compared by name.</summary>
internal sealed class Listing
{
    // One listing per target framework; they differ in details that we do not use.
    private static readonly string[] PreferredFrameworks = ["net10.0", "net9.0", "net8.0", "netstandard2.0"];

    private readonly Dictionary<SyntaxTree, string> _packageOf = [];

    private Listing(IReadOnlyList<string> packages, IEnumerable<(string Package, SyntaxTree Tree)> files, IEnumerable<MetadataReference> references)
    {
        Packages = packages;
        foreach (var (package, tree) in files)
        {
            _packageOf.Add(tree, package);
        }

        Compilation = CSharpCompilation.Create(
            "listing", _packageOf.Keys, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    public IReadOnlyList<string> Packages { get; }

    public int Files => _packageOf.Count;

    public CSharpCompilation Compilation { get; }

    public static Listing Load(CommandLine command, IEnumerable<MetadataReference> references)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "packages.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' '))
            .Select(words => (Source: words[0], Directory: words[1], IsOblivious: words is [_, _, "oblivious"]))
            .ToList();
        var files = lines.Select(line => (
            Path.GetFileName(line.Directory),
            Parse(Choose(command.Resolve(line.Source, line.Directory)), line.Source == "azure", line.IsOblivious)));
        return new Listing([.. lines.Select(line => Path.GetFileName(line.Directory))], files.ToList(), references);
    }

    /// <summary>Which package lists a symbol.</summary>
    public string PackageOf(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration ? _packageOf[declaration.SyntaxTree] : "";

    private static string Choose(string package)
    {
        var directory = Path.Combine(package, "api");
        var name = Path.GetFileName(package);
        var candidates = PreferredFrameworks.Select(framework => $"{name}.{framework}.cs").Prepend($"{name}.cs");
        return candidates.Select(candidate => Path.Combine(directory, candidate)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"No listing of {name}: expected {directory}/{name}[.<framework>].cs");
    }

    private static SyntaxTree Parse(string path, bool isFullyQualified, bool isOblivious)
    {
        var text = (isOblivious ? "#nullable disable\n" : "") + File.ReadAllText(path);
        var tree = CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview), path);
        return isFullyQualified ? CSharpSyntaxTree.Create((CSharpSyntaxNode)new FromTheRoot().Visit(tree.GetRoot()), (CSharpParseOptions)tree.Options, path) : tree;
    }

    /// <summary>The Azure SDK's listings write full names without <c>global::</c>, so that inside Azure.Monitor.OpenTelemetry.Exporter the name
    /// OpenTelemetry.Trace.X would be looked for in Azure.Monitor. This makes every qualified name start at the root.</summary>
    private sealed class FromTheRoot : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitNamespaceDeclaration(NamespaceDeclarationSyntax node) =>
            node.WithMembers(SyntaxFactory.List(node.Members.Select(member => (MemberDeclarationSyntax)Visit(member)!)));

        public override SyntaxNode? VisitQualifiedName(QualifiedNameSyntax node)
        {
            var visited = (QualifiedNameSyntax)base.VisitQualifiedName(node)!;
            return visited.Left is IdentifierNameSyntax root
                ? visited.WithLeft(SyntaxFactory.AliasQualifiedName(
                    SyntaxFactory.IdentifierName(SyntaxFactory.Token(SyntaxKind.GlobalKeyword)), root.WithoutTrivia()).WithTriviaFrom(root))
                : visited;
        }
    }
}
