namespace Voice.Api.Tests.Support;

public enum BackingStore
{
    Database,
    Cache,
    Blobs,
}
