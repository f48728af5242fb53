using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace VoiceAspire.CheckSurface;

/// <summary>Member by member: everything public in a stand-in, in a namespace that is not ours, must be in the listing and look the same there.</summary>
internal sealed class Comparison(Listing listing)
{
    private static readonly string[] OurNamespaces = ["Voice.", "VoiceAspire."];

    private readonly SortedDictionary<string, (int Types, int Members)> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _mismatches = [];
    private readonly SortedSet<string> _experimental = new(StringComparer.Ordinal);

    public void Compare(string assemblyPath, IEnumerable<MetadataReference> references)
    {
        var reference = MetadataReference.CreateFromFile(assemblyPath);
        var compilation = CSharpCompilation.Create("stand-in", references: references.Append(reference));
        var assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
        foreach (var type in PublicTypes(assembly.GlobalNamespace).Where(type => !IsOurs(type)))
        {
            CompareType(type);
        }
    }

    /// <summary>Prints what was compared; returns the number of mismatches.</summary>
    public int Report(TextWriter output)
    {
        foreach (var (package, (types, members)) in _counts)
        {
            output.WriteLine($"  {package}: {types} types, {members} members");
        }

        output.WriteLine($"compared: {_counts.Values.Sum(c => c.Types)} types, {_counts.Values.Sum(c => c.Members)} members, {_mismatches.Count} mismatches");
        foreach (var id in _experimental)
        {
            output.WriteLine($"  experimental in the listing, and marked so here: {id}");
        }

        _mismatches.ForEach(output.WriteLine);
        return _mismatches.Count;
    }

    private void CompareType(INamedTypeSymbol ours)
    {
        if (listing.Compilation.Assembly.GetTypeByMetadataName(MetadataName(ours)) is not { } theirs)
        {
            Mismatch(ours, "no such type in the listing");
            return;
        }

        var package = listing.PackageOf(theirs);
        var members = PublicMembers(ours).ToList();
        var (types, count) = _counts.GetValueOrDefault(package);
        _counts[package] = (types + 1, count + members.Count);

        CompareShape(ours, theirs);
        CompareStatus(ours, theirs);
        var theirMembers = PublicMembers(theirs).ToLookup(Signature.Of);
        foreach (var member in members)
        {
            if (theirMembers[Signature.Of(member)].FirstOrDefault() is { } same)
            {
                CompareStatus(member, same);
                continue;
            }

            var named = PublicMembers(theirs).Where(m => m.Name == member.Name).Select(m => $"\n      listed: {Signature.Of(m)}");
            Mismatch(ours, $"not in the listing\n      here:   {Signature.Of(member)}{string.Concat(named)}");
        }
    }

    private void CompareShape(INamedTypeSymbol ours, INamedTypeSymbol theirs)
    {
        if (ours.TypeKind != theirs.TypeKind || ours.IsStatic != theirs.IsStatic || ours.IsSealed != theirs.IsSealed
            || ours.IsAbstract != theirs.IsAbstract || ours.IsReadOnly != theirs.IsReadOnly || ours.IsRefLikeType != theirs.IsRefLikeType)
        {
            Mismatch(ours, "another kind of type, or static, sealed, abstract or readonly on one side only");
        }

        if (Signature.OfTypeParameters(ours.TypeParameters) != Signature.OfTypeParameters(theirs.TypeParameters))
        {
            Mismatch(ours, $"type parameters: {Signature.OfTypeParameters(ours.TypeParameters)} | {Signature.OfTypeParameters(theirs.TypeParameters)}");
        }

        // What we leave out can only make fewer programs compile; what we would add could make a false one compile.
        var theirBases = Bases(theirs).Concat(theirs.AllInterfaces).Select(Signature.OfType).ToHashSet();
        var ourBases = Bases(ours).Concat(ours.AllInterfaces).Where(type => Signature.Accessibility(type).Length > 0);
        foreach (var extra in ourBases.Select(Signature.OfType).Where(name => !theirBases.Contains(name)))
        {
            Mismatch(ours, $"derives from {extra}, which the listing does not say");
        }
    }

    private void CompareStatus(ISymbol ours, ISymbol theirs)
    {
        if (Attribute(theirs, "System.ObsoleteAttribute") is not null)
        {
            Mismatch(ours, "is obsolete in the listing");
        }

        var experimental = Experimental(theirs);
        if (experimental != Experimental(ours))
        {
            Mismatch(ours, $"experimental in the listing: {experimental ?? "no"}, here: {Experimental(ours) ?? "no"}");
        }
        else if (experimental is not null)
        {
            _experimental.Add($"{experimental} {theirs.ContainingType?.Name}.{theirs.Name}");
        }
    }

    private void Mismatch(ISymbol symbol, string what) => _mismatches.Add($"  {symbol.ToDisplayString()}: {what}");

    private static string? Experimental(ISymbol symbol) =>
        Attribute(symbol, "System.Diagnostics.CodeAnalysis.ExperimentalAttribute")?.ConstructorArguments.FirstOrDefault().Value as string;

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            yield return at;
        }
    }

    private static IEnumerable<INamedTypeSymbol> PublicTypes(INamespaceOrTypeSymbol scope) => scope.GetMembers().SelectMany(member => member switch
    {
        INamespaceSymbol inner => PublicTypes(inner),
        INamedTypeSymbol type when Signature.Accessibility(type).Length > 0 => PublicTypes(type).Prepend(type),
        _ => [],
    });

    // Accessors come with their property or event; an override repeats what the base class says.
    private static IEnumerable<ISymbol> PublicMembers(INamedTypeSymbol type) => type.GetMembers().Where(member =>
        member is not INamedTypeSymbol && Signature.Accessibility(member).Length > 0 && !member.IsOverride
        && !(type.TypeKind == TypeKind.Enum && member is IMethodSymbol)
        && !(type.IsValueType && member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, IsImplicitlyDeclared: true })
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove });

    private static bool IsOurs(INamedTypeSymbol type) => OurNamespaces.Any(name => type.ToDisplayString().StartsWith(name, StringComparison.Ordinal));

    private static string MetadataName(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";
}
