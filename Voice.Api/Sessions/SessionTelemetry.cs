using System.Diagnostics;

namespace Voice.Api.Sessions;

internal static class SessionTelemetry
{
    public static readonly ActivitySource Source = new("Voice.Api");
}
