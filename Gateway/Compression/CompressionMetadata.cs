namespace Voice.Gateway.Compression;

/// <summary>On endpoints whose answers may be compressed; all others never are.</summary>
internal sealed class CompressionMetadata
{
    /// <summary>Documents without a secret: data of whoever sent a credential that no browser sends by itself.</summary>
    public static readonly CompressionMetadata Documents = new(isPublic: false);

    /// <summary>The same for everybody.</summary>
    public static readonly CompressionMetadata Public = new(isPublic: true);

    private CompressionMetadata(bool isPublic) => IsPublic = isPublic;

    public bool IsPublic { get; }
}
