using System.Diagnostics;
using System.Text.Json;
using Voice.Hosting.Tests.Running;

namespace Voice.Hosting.Tests;

/// <summary>What ./run.sh answers without building or starting anything.</summary>
public class RunScriptTests
{
    [Fact]
    public async Task Help_names_every_command()
    {
        var (code, output, _) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.All(["talk FILE.wav", "credentials", "reset", "--port", "--data"], part => Assert.Contains(part, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'--prot' is not understood", "--prot", "8081")]
    [InlineData("--port needs a value", "--port")]
    [InlineData("Which recording?", "talk", "--json")]
    [InlineData("There is no recording nowhere.wav", "talk", "nowhere.wav", "--agent", "receptionist")]
    [InlineData("There are none yet", "credentials", "--data", "/nowhere")]
    [InlineData("There is no state in /nowhere", "reset", "--data", "/nowhere")]
    public async Task A_wrong_call_says_what_is_wrong_and_fails(string says, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_the_ones_in_use_and_state_is_forgotten_only_when_nothing_runs_on_it()
    {
        using var folder = new TemporaryFolder();
        await using (var run = TestRun.Start(folder["data"]))
        {
            await run.ReadyAsync();
            var password = JsonDocument.Parse(await run.GetAsync("second-one", "/environment")).RootElement.GetProperty("Secret").GetString()!;

            var credentials = await RunAsync("credentials", "--data", folder["data"]);
            var refused = await RunAsync("reset", "--data", folder["data"]);
            var second = await RunAsync("--data", folder["data"]);

            Assert.Contains($"admin@localhost\nPassword  {password}\n", credentials.Output, StringComparison.Ordinal);
            Assert.Equal((1, $"The platform runs on {folder["data"]}. Stop it first.\n"), (refused.Code, refused.Error));
            Assert.Contains($"The platform already runs on {folder["data"]}: http://localhost:{run.Port}", second.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await RunAsync("reset", "--data", folder["data"])).Code);
        Assert.False(Directory.Exists(folder["data"]));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(TestData.RepositoryRoot, "run.sh"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().OrTimeout();
        return (process.ExitCode, await output, await error);
    }
}
