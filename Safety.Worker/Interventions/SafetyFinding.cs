namespace Voice.Safety.Interventions;

/// <param name="Layer">One of <see cref="SafetyLayers"/>.</param>
internal sealed record SafetyFinding(string Category, string Severity, string Layer, string Matched);
