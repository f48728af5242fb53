namespace Voice.Inference.Pipelines.Detection;

/// <summary>Something that was said to be done.</summary>
/// <param name="Kind"><c>medication_order</c>, <c>test_order</c>, <c>referral</c>, <c>appointment</c>, <c>cancellation</c>, <c>callback</c>, <c>refund</c> or <c>order</c>.</param>
/// <param name="Sentence">Where it was said.</param>
/// <param name="When">As it was said: <c>tomorrow</c>, <c>next Monday</c>; null where no time was named.</param>
internal sealed record DetectedAction(string Kind, string Sentence, string? When);
