using Voice.Client;

namespace Voice.Cli.Talk;

internal sealed class TalkRun(CliConsole console)
{
    public async Task<int> RunAsync(TalkOptions options, CancellationToken cancellationToken)
    {
        var endpoint = PlatformAddress.Resolve(options.Url, options.Key, options.Data, console.Environment);
        var speech = await SpeechFile.ReadAsync(options.File, cancellationToken);
        var printer = options.Json ? null : new LivePrinter(console);
        var conversation = new SpokenConversation(endpoint, options.Agent, console.Listening, console.Time)
        {
            OnEvent = received => printer?.Print(received),
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
}
