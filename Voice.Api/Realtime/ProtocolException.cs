namespace Voice.Api.Realtime;

/// <summary>A client event that cannot be served. Told to the client as an <c>error</c> event; the session goes on.</summary>
/// <param name="message">Says what is wrong and what would be right.</param>
internal sealed class ProtocolException(string code, string message, string? param = null) : Exception(message)
{
    public string Code { get; } = code;

    public string? Param { get; } = param;
}
