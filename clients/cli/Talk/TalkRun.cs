using System.Globalization;
using Voice.Client;

namespace Voice.Cli.Talk;

internal sealed class TalkRun(CliConsole console)
{
    public async Task<int> RunAsync(TalkOptions options, CancellationToken cancellationToken)
    {
        var endpoint = PlatformAddress.Resolve(options.Url, options.Key, options.Data, console.Environment);
        var speech = await SpeechFile.ReadAsync(options.File, cancellationToken);
        var printer = options.Json ? null : new LivePrinter(console);
        var conversation = new SpokenConversation(endpoint, options.Agent, console.Listening with { Resume = true }, console.Time)
        {
            OnEvent = received =>
            {
                printer?.Print(received);
                if (received.Type == "voiceaspire.resumed")
                {
                    console.Error.WriteLine($"voice: the connection was lost; reconnected{Lost(received)}");
                }
            },
        };

        var result = await conversation.RunAsync(speech, cancellationToken);
        if (options.Out is not null)
        {
            await SpeechFile.WriteAsync(options.Out, result.ReplyAudio, cancellationToken);
        }

        foreach (var error in result.Errors.Where(_ => options.Json))
        {
            await console.Error.WriteLineAsync("voice: the platform reported: " + error.ReplaceLineEndings(" "));
        }

        await console.Output.WriteLineAsync(options.Json ? TalkReport.Json(options.Agent, result) : TalkReport.Text(result, options.Out));
        return ExitCode.Done;
    }

    private static string Lost(RealtimeEvent resumed) =>
        resumed.Number("lost_events") is > 0 and { } events
            ? string.Create(CultureInfo.InvariantCulture, $", without {events} event(s) and {resumed.Number("lost_audio_ms") ?? 0} ms of audio that were not kept")
            : "";
}
