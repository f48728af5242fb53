namespace Voice.Api.Sessions;

/// <summary>What a response cost, in the numbers of its <c>response.done</c>.</summary>
internal sealed record ResponseTokens(string ResponseId, int Tokens, DateTimeOffset At);
