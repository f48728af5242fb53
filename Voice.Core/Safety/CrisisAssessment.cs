namespace Voice.Core.Safety;

/// <summary>What a text says about a person in danger.</summary>
/// <param name="Category">One of <see cref="CrisisCategories"/>.</param>
/// <param name="Severity"><c>crisis</c>: danger now, act at once. <c>concern</c>: worth a person's attention.</param>
/// <param name="Match">The normalised words that were found.</param>
public sealed record CrisisAssessment(string Category, string Severity, string Match);
