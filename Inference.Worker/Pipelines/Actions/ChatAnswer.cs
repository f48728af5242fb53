namespace Voice.Inference.Pipelines.Actions;

internal sealed record ChatAnswer(string Text, string Model, long InputTokens, long OutputTokens, decimal Cost);
