using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace VoiceAspire.CheckSurface;

/// <summary>The proof from the other side: our own sources, bound against the listings in the place of the stand-ins. A call that the real
/// packages would refuse, an obsolete or an experimental member is an error here as it would be there.</summary>
internal static class Binding
{
    public static int Report(string project, ProjectItems items, Listing listing, TextWriter output)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        var trees = items.Compile.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), parse, path))
            .Append(CSharpSyntaxTree.ParseText(ImpliedByTheSdk(items), parse, "implied.cs"));
        var references = items.References.Where(path => !StandIn.Is(path)).Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .Append(listing.Compilation.ToMetadataReference());
        // 1701 and 1702: packages built for an older runtime; the SDK suppresses the same two.
        var kind = IsApplicationHost(items) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var options = new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable)
            .WithSpecificDiagnosticOptions(new[] { "CS1701", "CS1702" }.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)));
        var compilation = CSharpCompilation.Create(project, trees, references, options);

        CSharpGeneratorDriver.Create(Generators(items), parseOptions: parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        var problems = complete.GetDiagnostics()
            .Where(d => !d.IsSuppressed && d.Severity >= DiagnosticSeverity.Warning).ToList();

        output.WriteLine($"{project}: {items.Compile.Count} files bound against the listings, {problems.Count} errors or warnings");
        problems.ForEach(problem => output.WriteLine($"  {problem}"));
        return problems.Count;
    }

    // These have bodies in the real interface; listings leave bodies out.
    private const string NotAbstract =
        "public bool IsFileBasedApp => false; public global::Aspire.Hosting.LaunchSettings? LaunchSettings => null; public bool SuppressBuild => false;";

    // What the SDKs add to a project: implicit usings, and (by Aspire's) one class per referenced service.
    private static string ImpliedByTheSdk(ProjectItems items)
    {
        string[] usings = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
        var implied = usings.Select(name => $"global using global::{name};").ToList();
        if (IsApplicationHost(items))
        {
            implied.AddRange(["global using global::Aspire.Hosting;", "global using global::Aspire.Hosting.ApplicationModel;", "namespace Projects {"]);
            implied.AddRange(items.Services.Select(name =>
                $"public class {name.Replace('.', '_')} : global::Aspire.Hosting.IProjectMetadata {{ public string ProjectPath => \"\"; {NotAbstract} }}"));
            implied.Add("}");
        }

        return string.Join('\n', implied);
    }

    private static bool IsApplicationHost(ProjectItems items) => items.Compile.Any(path => Path.GetFileName(path) == "AppHost.cs");

    private static IEnumerable<ISourceGenerator> Generators(ProjectItems items)
    {
        var loader = new Loader();
        return items.Analyzers.SelectMany(path => new AnalyzerFileReference(path, loader).GetGenerators(LanguageNames.CSharp));
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // Generators lie beside what they need.
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
