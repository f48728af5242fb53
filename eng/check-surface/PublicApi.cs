using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VoiceAspire.CheckSurface;

/// <summary>
/// For packages whose listing is a PublicAPI.Shipped.txt: one line for each type, member and accessor. Every line that a stand-in would have there
/// must be in it. What a type derives from is not in such a listing.
/// </summary>
internal static class PublicApi
{
    // As Roslyn's PublicApiAnalyzers write a line.
    private static readonly SymbolDisplayFormat Line = new(
        SymbolDisplayGlobalNamespaceStyle.OmittedAsContaining,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeContainingType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeExplicitInterface | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeExtensionThis | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.IncludeNotNullableReferenceTypeModifier);

    /// <returns>The number of lines that are in no listing.</returns>
    public static int Report(string assemblyPath, IReadOnlyList<string> listings, TextWriter output)
    {
        var published = listings.SelectMany(File.ReadLines).ToHashSet(StringComparer.Ordinal);
        var reference = MetadataReference.CreateFromFile(assemblyPath);
        var compilation = CSharpCompilation.Create("stand-in", references: Frameworks().Append(reference));
        var lines = Types(((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace).SelectMany(LinesOf).ToList();
        var missing = lines.Where(line => !published.Contains(line)).ToList();
        output.WriteLine($"{listings.Count} listings with {published.Count} lines; compared: {lines.Count}, mismatches: {missing.Count}");
        missing.ForEach(line => output.WriteLine($"  not published: {line}"));
        return lines.Count == 0 ? 1 : missing.Count;
    }

    private static IEnumerable<string> LinesOf(INamedTypeSymbol type) => type.GetMembers()
        .Where(member => Signature.Accessibility(member).Length > 0 && member is IMethodSymbol or IFieldSymbol)
        .Select(member => $"{member.ToDisplayString(Line)} -> {(member is IMethodSymbol method ? method.ReturnType : ((IFieldSymbol)member).Type).ToDisplayString(Line)}")
        .Prepend(type.ToDisplayString(Line));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) => space.GetNamespaceMembers().SelectMany(Types)
        .Concat(space.GetTypeMembers().Where(type => Signature.Accessibility(type).Length > 0 && !type.ContainingNamespace.ToDisplayString().StartsWith("VoiceAspire", StringComparison.Ordinal)));

    private static IEnumerable<MetadataReference> Frameworks()
    {
        var core = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var web = Path.Combine(core, "..", "..", "Microsoft.AspNetCore.App", Path.GetFileName(core));
        return new[] { core, web }.SelectMany(directory => Directory.EnumerateFiles(directory, "*.dll"))
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("Microsoft.", StringComparison.Ordinal))
            .Where(path => !path.Contains(".Native.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
