namespace VoiceAspire.CheckSurface;

internal static class StandIn
{
    public const string AssemblyPrefix = "VoiceAspire.Offline.";

    public static bool Is(string path) => Path.GetFileName(path).StartsWith(AssemblyPrefix, StringComparison.Ordinal);
}
