using System.Collections.Frozen;

namespace Voice.ServiceDefaults.Errors;

/// <summary>
/// Every error code of the platform's HTTP APIs: what the API document, <c>/docs/errors</c> and <c>/api/v1/errors</c> say. A code that is
/// used and not here fails a test. Codes are only ever added.
/// </summary>
public static partial class ErrorCatalog
{
    /// <summary>In order of code.</summary>
    public static IReadOnlyList<ErrorType> All { get; } = [.. General.Concat(Access).Concat(Accounts).Concat(People).Concat(Conversations).Concat(Models).Concat(Jobs).Concat(Pipelines).OrderBy(type => type.Code, StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, ErrorType> ByCode = All.DistinctBy(type => type.Code).ToFrozenDictionary(type => type.Code, StringComparer.Ordinal);

    /// <summary>The stable URI of a code, as a reference that the client resolves against where it got the error.</summary>
    public static string TypeOf(string code) => $"/docs/errors#{code}";

    public static ErrorType? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);
}
