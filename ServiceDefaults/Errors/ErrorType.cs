namespace Voice.ServiceDefaults.Errors;

/// <summary>One kind of error that clients may meet, and count on.</summary>
/// <param name="Code">What programs compare; it never changes its meaning.</param>
/// <param name="Status">The HTTP status it comes with.</param>
/// <param name="Title">The same for every occurrence; what is particular is in the error's <c>detail</c>.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ErrorType(string Code, int Status, string Title, string Remedy)
{
    /// <summary>RFC 9457's <c>type</c>. Relative to the installation that answers, where it opens the entry of the error catalogue.</summary>
    public string Type => ErrorCatalog.TypeOf(Code);
}
