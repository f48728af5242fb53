using System.CommandLine;

namespace Voice.Cli.Replay;

internal static class ReplayCommand
{
    private const string Description = """
        Holds a recorded session again, on the platform and in virtual time, and shows what went otherwise: turns, replies and latencies.
        Without --agent everything is as recorded; with it the real model answers as that version of the session's agent.

        Exit codes: 0 replayed, whatever came of it; 1 the platform could not replay it; 2 usage; 4 no platform answers; 5 the credential is
        refused; 7 no such session, log or version; 130 interrupted.
        """;

    public static Command Create(CliConsole console)
    {
        var session = new Argument<string>("SESSION") { Description = "Id of the session: sess_…" };
        var agent = new Option<int?>("--agent") { Description = "Version of the session's agent.", HelpName = "VERSION" };
        var json = new Option<bool>("--json") { Description = "Print the platform's report as it is." };
        var url = new Option<string?>("--url") { Description = "Address of the platform. Else VOICE_URL, else what runs from the data folder.", HelpName = "URL" };
        var key = new Option<string?>("--key") { Description = "API key. Else VOICE_API_KEY, else the seeded key of the data folder.", HelpName = "KEY" };
        var data = new Option<string>("--data") { Description = "Where a platform on this machine keeps its state.", HelpName = "DIR", DefaultValueFactory = _ => ".data" };
        var command = new Command("replay", Description) { session, agent, json, url, key, data };
        command.SetAction((parsed, cancellationToken) => new ReplayRun(console).RunAsync(
            new ReplayOptions(
                parsed.GetRequiredValue(session), parsed.GetValue(agent), parsed.GetValue(json), parsed.GetValue(url), parsed.GetValue(key), parsed.GetRequiredValue(data)),
            cancellationToken));
        return command;
    }
}
