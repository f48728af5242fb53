using System.Text.Json;
using Voice.Client;

namespace Voice.Cli.Talk;

/// <summary>Writes what is said while it is said. A terminal sees one partial line that grows; a pipe gets each partial as a line.</summary>
internal sealed class LivePrinter(CliConsole console)
{
    private string _partial = "";

    public void Print(RealtimeEvent received)
    {
        switch (received.Type)
        {
            case "session.created":
                Line($"session   {received.Text("session", "id")}");
                break;
            case "voiceaspire.transcript.partial" when received.Text("text") is { Length: > 0 } text && text != _partial:
                Partial(text);
                break;
            case "conversation.item.input_audio_transcription.completed":
                Line($"you       {received.Text("transcript")}{Confidence(received)}");
                break;
            case "conversation.item.input_audio_transcription.failed":
                Line($"you       (not understood: {received.Text("error", "message")})");
                break;
            case "response.output_audio_transcript.done":
                Line($"agent     {received.Text("transcript")}");
                break;
            case "voiceaspire.translation":
                Line($"translated {received.Text("source_language")} -> {received.Text("target_language")}: {received.Text("text")}");
                break;
            case "voiceaspire.safety":
                Intervention(received);
                break;
            case "error":
                Line($"error     {received.Text("error", "message")}");
                break;
        }
    }

    private void Partial(string text)
    {
        _partial = text;
        if (console.Interactive)
        {
            // Return, write over, erase what is left of a longer one.
            console.Output.Write($"\r  hearing  {text}\u001b[K");
        }
        else
        {
            console.Output.WriteLine($"  hearing  {text}");
        }
    }

    private void Line(string text)
    {
        _partial = "";
        console.Output.WriteLine(console.Interactive ? $"\r{text}\u001b[K" : text);
    }

    private void Intervention(RealtimeEvent received)
    {
        if (!received.Body.TryGetProperty("intervention", out var intervention) || intervention.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Line($"safety    {received.Text("intervention", "severity")}: {received.Text("intervention", "message")}");
        if (intervention.TryGetProperty("resources", out var resources) && resources.ValueKind == JsonValueKind.Array)
        {
            foreach (var resource in resources.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.Object))
            {
                Line($"          {Text(resource, "name")}: {Text(resource, "contact")} {Text(resource, "url")}".TrimEnd());
            }
        }
    }

    private static string Confidence(RealtimeEvent received) => received.Number("confidence") is { } value ? $"  ({value:0.00})" : "";

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
