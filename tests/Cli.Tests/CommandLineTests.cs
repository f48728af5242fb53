namespace Voice.Cli.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("talk")]
    [InlineData("talk", "a.wav", "--nonsense")]
    [InlineData("nonsense")]
    [InlineData("talk", "a.wav", "--url", "not an address")]
    public async Task Senseless_arguments_are_one_line(params string[] args)
    {
        var result = await CommandResult.OfAsync(args);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Single(result.ErrorLines);
    }

    [Fact]
    public async Task Help_names_every_option_and_exit_code()
    {
        var result = await CommandResult.OfAsync("talk", "--help");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(["FILE", "--agent", "--out", "--json", "--url", "--key", "--data", "130 interrupted"], part => Assert.Contains(part, result.Output));
    }

    [Fact]
    public void What_is_typed_wins_over_the_environment_and_that_over_the_data_folder()
    {
        File.WriteAllText(_folder.File("run.json"), """{"url":"http://127.0.0.1:8091","pid":7}""");
        File.WriteAllText(_folder.File("secrets.json"), """{"seed-api-key":"va_folder","auth-signing-key":"x"}""");
        var typed = new Talk.TalkOptions("a.wav", "receptionist", null, false, "http://127.0.0.1:1/", "va_typed", _folder.Path);
        var plain = typed with { Url = null, Key = null };
        var environment = new Dictionary<string, string> { ["VOICE_URL"] = "http://127.0.0.1:2/", ["VOICE_API_KEY"] = "va_environment" };

        Assert.Equal(("http://127.0.0.1:1/", "va_typed"), Resolve(typed, environment));
        Assert.Equal(("http://127.0.0.1:2/", "va_environment"), Resolve(plain, environment));
        Assert.Equal(("http://127.0.0.1:8091/", "va_folder"), Resolve(plain, []));
        Assert.Equal(("http://127.0.0.1:8080/", null), Resolve(plain with { Data = _folder.File("absent") }, []));
    }

    [Fact]
    public async Task A_damaged_data_folder_is_named()
    {
        File.WriteAllText(_folder.File("run.json"), "{");

        var result = await CommandResult.OfAsync("talk", "a.wav", "--data", _folder.Path);

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("run.json", Assert.Single(result.ErrorLines));
    }

    private static (string Url, string? Key) Resolve(Talk.TalkOptions options, Dictionary<string, string> environment)
    {
        var endpoint = PlatformAddress.Resolve(options.Url, options.Key, options.Data, name => environment.GetValueOrDefault(name));
        return (endpoint.Url.AbsoluteUri, endpoint.Credential);
    }
}
