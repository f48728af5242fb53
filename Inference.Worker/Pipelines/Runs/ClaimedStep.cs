namespace Voice.Inference.Pipelines.Runs;

/// <summary>A step that this worker has, for as long as it renews the lease.</summary>
/// <param name="Owner">Of this attempt alone: a result under another is thrown away.</param>
/// <param name="Lost">The claims before this one whose worker was never heard of again.</param>
internal sealed record ClaimedStep(
    string RunId, string StepId, Guid Owner, int Attempt, int Failures, int Lost, bool UsesFallback, string OrganizationId, string PipelineId, int Version, string Subject);
