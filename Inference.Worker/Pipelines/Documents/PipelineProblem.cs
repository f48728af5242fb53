namespace Voice.Inference.Pipelines.Documents;

/// <summary>What is wrong with a document, and where.</summary>
/// <param name="Step">Id of the step at fault; null where it is none's.</param>
/// <param name="Field">Path in the document: <c>steps[1].with.audio</c>.</param>
internal sealed record PipelineProblem(string? Step, string Field, string Message);
