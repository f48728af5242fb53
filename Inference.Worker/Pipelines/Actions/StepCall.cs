namespace Voice.Inference.Pipelines.Actions;

/// <param name="EffectKey">The same for every attempt of this step in this run: what a receiver knows a repetition by.</param>
internal sealed record StepCall(string OrganizationId, string RunId, string StepId, string EffectKey, StepArguments Arguments);
