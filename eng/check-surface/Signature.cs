using System.Globalization;
using Microsoft.CodeAnalysis;

namespace VoiceAspire.CheckSurface;

/// <summary>Everything about a member that a caller can see, as one line of text. Two members are the same when the lines are.</summary>
internal static class Signature
{
    private static readonly SymbolDisplayFormat Names = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    public static string Of(ISymbol member) => string.Join(' ', new[]
    {
        Accessibility(member), member.IsStatic ? "static" : "", member.IsAbstract && member.ContainingType.TypeKind != TypeKind.Interface ? "abstract" : "",
        member switch
        {
            IMethodSymbol method => OfMethod(method),
            IPropertySymbol property => OfProperty(property),
            IFieldSymbol { HasConstantValue: true } field => $"const {OfType(field.Type)} {field.Name} = {field.ConstantValue}",
            IFieldSymbol field => $"{(field.IsReadOnly ? "readonly " : "")}{OfType(field.Type)} {field.Name}",
            IEventSymbol @event => $"event {OfType(@event.Type)} {@event.Name}",
            _ => throw new InvalidOperationException($"Not a member: {member}"),
        },
    }.Where(part => part.Length > 0));

    public static string OfType(ITypeSymbol type) => type.ToDisplayString(Names);

    /// <summary>Type parameters with variance and constraints.</summary>
    public static string OfTypeParameters(IEnumerable<ITypeParameterSymbol> parameters) => string.Join(", ", parameters.Select(p =>
    {
        var constraints = p.ConstraintTypes.Select(OfType).Order(StringComparer.Ordinal)
            .Prepend(p.HasReferenceTypeConstraint ? "class" : p.HasValueTypeConstraint ? "struct" : p.HasNotNullConstraint ? "notnull" : "")
            .Append(p.HasConstructorConstraint ? "new()" : "").Where(c => c.Length > 0);
        return $"{(p.Variance == VarianceKind.None ? "" : p.Variance + " ")}{p.Name} : {string.Join(" & ", constraints)}";
    }));

    private static string OfMethod(IMethodSymbol method)
    {
        var generics = method.TypeParameters.Length == 0 ? "" : $"<{OfTypeParameters(method.TypeParameters)}>";
        var by = method.RefKind == RefKind.None ? "" : $"{method.RefKind} ";
        return $"{by}{OfType(method.ReturnType)} {method.Name}{generics}({(method.IsExtensionMethod ? "this " : "")}{OfParameters(method.Parameters)})";
    }

    private static string OfProperty(IPropertySymbol property)
    {
        string Accessor(IMethodSymbol? accessor, string keyword) =>
            accessor is null || Accessibility(accessor).Length == 0 ? ""
                : accessor.DeclaredAccessibility == property.DeclaredAccessibility ? $"{keyword}; " : $"{Accessibility(accessor)} {keyword}; ";

        var index = property.IsIndexer ? $"[{OfParameters(property.Parameters)}]" : "";
        var setter = property.SetMethod is { IsInitOnly: true } ? "init" : "set";
        return $"{OfType(property.Type)} {property.Name}{index} {{ {Accessor(property.GetMethod, "get")}{Accessor(property.SetMethod, setter)}}}";
    }

    private static string OfParameters(IEnumerable<IParameterSymbol> parameters) => string.Join(", ", parameters.Select(p =>
    {
        var by = p.RefKind == RefKind.None ? "" : $"{p.RefKind} ";
        var value = p.HasExplicitDefaultValue ? $" = {Convert.ToString(p.ExplicitDefaultValue, CultureInfo.InvariantCulture) ?? ""}" : "";
        return $"{(p.IsParams ? "params " : "")}{by}{OfType(p.Type)} {p.Name}{value}";
    }));

    /// <summary>Empty for what callers outside the assembly cannot see.</summary>
    public static string Accessibility(ISymbol symbol) => symbol.DeclaredAccessibility switch
    {
        Microsoft.CodeAnalysis.Accessibility.Public => "public",
        Microsoft.CodeAnalysis.Accessibility.Protected or Microsoft.CodeAnalysis.Accessibility.ProtectedOrInternal => "protected",
        _ => "",
    };
}
