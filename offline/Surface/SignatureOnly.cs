namespace VoiceAspire.Offline.Surface;

/// <summary>The answer of every stand-in: it has a signature for the compiler, and nothing behind it.</summary>
internal static class SignatureOnly
{
    public static NotSupportedException Of(string package) => new(
        $"This needs the package {package}, of which this build has the signatures only. Build with UseAspire=true where the package can be restored.");
}
