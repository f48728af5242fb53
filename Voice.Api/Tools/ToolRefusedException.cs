namespace Voice.Api.Tools;

/// <summary>A call that is not made.</summary>
/// <param name="message">For the model and the agent's author: never a secret, and nothing about our network.</param>
internal sealed class ToolRefusedException(string message) : Exception(message);
