namespace Voice.ServiceDefaults.OpenApi;

/// <param name="Type">JSON type; <c>date-time</c> for a moment.</param>
internal sealed record DescribedParameter(string Name, string Description, string Type, IReadOnlyList<string>? Values);
