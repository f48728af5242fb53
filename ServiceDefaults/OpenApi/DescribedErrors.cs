namespace Voice.ServiceDefaults.OpenApi;

/// <summary>Codes of <see cref="Errors.ErrorCatalog"/> that an endpoint may answer, beyond those that any may.</summary>
internal sealed record DescribedErrors(IReadOnlyList<string> Codes);
