namespace Voice.Gateway.Limits;

/// <summary>How many gateways there are, as far as this one knows; among so many a limit is shared while Redis is away.</summary>
internal sealed class GatewayCount
{
    private int _value = 1;

    public int Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, Math.Max(1, value));
    }
}
