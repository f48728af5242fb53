using System.Globalization;

namespace Voice.Hosting.Tests.Running;

internal static class Processes
{
    /// <summary>Neither running nor waiting to be buried.</summary>
    public static bool IsGone(int id)
    {
        var status = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/status";
        try
        {
            return !File.Exists(status) || File.ReadLines(status).Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return true;
        }
    }

    public static Task AllGoneAsync(params int[] ids) => Deadline.Until(() => Task.FromResult(ids.All(IsGone)), TimeSpan.FromSeconds(10));
}
