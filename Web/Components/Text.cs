using System.Globalization;

namespace Voice.Web.Components;

/// <summary>Values in words, the same on every page.</summary>
internal static class Text
{
    public static string Duration(double? seconds)
    {
        if (seconds is not { } value || value < 0 || double.IsNaN(value))
        {
            return "–";
        }

        var span = TimeSpan.FromSeconds(Math.Min(value, 360_000));
        return span.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:00} min")
            : span.TotalMinutes >= 1
                ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds:00} s")
                : string.Create(CultureInfo.InvariantCulture, $"{span.Seconds} s");
    }

    public static string Offset(TimeSpan offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Max(0, offset.TotalMinutes)}:{Math.Max(0, offset.Seconds):00}");

    public static string Mode(string mode) => mode switch
    {
        "agent" => "Agent",
        "interpreter" => "Interpreter",
        "companion" => "Companion",
        "copilot" => "Copilot",
        _ => mode,
    };

    public static string ModeIcon(string mode) => mode switch
    {
        "interpreter" => "languages",
        "companion" => "heart",
        _ => "chat",
    };

    public static string Language(string code) => code switch
    {
        "en" or "en-US" or "en-GB" => "English",
        "es" or "es-419" => "Spanish",
        "ko" or "ko-KR" => "Korean",
        _ => code,
    };

    /// <summary>Why a session ended; null where it is the usual reason and not worth a word.</summary>
    public static string? EndReason(string? reason) => reason switch
    {
        null or "client_closed" => null,
        "connection_lost" => "connection lost",
        "expired" => "time limit reached",
        "server_shutdown" => "server restarted",
        "server_lost" => "server lost",
        "error" => "ended by an error",
        _ => reason.Replace('_', ' '),
    };

    public static string Stage(string stage) => stage switch
    {
        "endpointing" => "Turn end",
        "transcript_final" => "Transcript",
        "first_token" => "First word",
        "safety" => "Safety check",
        "first_audio" => "First audio",
        _ => stage.Replace('_', ' '),
    };

    public static string Category(string category) =>
        category.Length == 0 ? category : char.ToUpperInvariant(category[0]) + category[1..].Replace('_', ' ');

    public static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(value * 100)} %");

    public static string Css(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
