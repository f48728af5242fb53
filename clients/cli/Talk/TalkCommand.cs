using System.CommandLine;

namespace Voice.Cli.Talk;

internal static class TalkCommand
{
    private const string Description = """
        Holds a conversation with an agent of a running platform: plays FILE in real time as a microphone would, then listens until every
        turn has been answered. Prints partial and final transcripts, the replies, and the latency of each stage.

        Exit codes: 0 done; 1 the conversation broke off; 2 usage; 3 a file cannot be used; 4 no platform answers; 5 the credential is
        refused; 6 no such agent; 130 interrupted.
        """;

    public static Command Create(CliConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "WAV file: any sample rate, PCM, float, A-law or mu-law; channels are mixed." };
        var agent = new Option<string>("--agent") { Description = "Agent to talk to.", HelpName = "NAME", DefaultValueFactory = _ => "receptionist" };
        var output = new Option<string?>("--out") { Description = "Keep the reply audio: WAV, 24 kHz, mono, 16 bit.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print exactly one JSON object instead of text." };
        var url = new Option<string?>("--url")
        {
            Description = "Address of the platform. Else VOICE_URL, else what runs from the data folder.",
            HelpName = "URL",
        };
        var key = new Option<string?>("--key")
        {
            Description = "API key. Else VOICE_API_KEY, else the seeded key of the data folder.",
            HelpName = "KEY",
        };
        var data = new Option<string>("--data")
        {
            Description = "Where a platform on this machine keeps its state.",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".data",
        };
        var command = new Command("talk", Description) { file, agent, output, json, url, key, data };
        command.SetAction((parsed, cancellationToken) => new TalkRun(console).RunAsync(
            new TalkOptions(
                parsed.GetRequiredValue(file),
                parsed.GetRequiredValue(agent),
                parsed.GetValue(output),
                parsed.GetValue(json),
                parsed.GetValue(url),
                parsed.GetValue(key),
                parsed.GetRequiredValue(data)),
            cancellationToken));
        return command;
    }
}
