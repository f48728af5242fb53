namespace Voice.Inference.Engines;

/// <summary>A field of a request that does not fit. The message is safe to show.</summary>
internal sealed class FieldException(string param, string message, string code = "invalid_value") : Exception(message)
{
    public string Param { get; } = param;

    public string Code { get; } = code;
}
