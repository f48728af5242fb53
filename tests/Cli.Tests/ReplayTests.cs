using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Voice.Cli.Tests;

public sealed class ReplayTests
{
    private const string Report = """
        {"session_id":"sess_1","agent_id":"receptionist","recorded_version":1,"agent_version":2,"model":"live","complete":true,"identical":false,"duration_seconds":41.25,
         "turns":[
          {"sequence":1,"recorded":{"transcript":"when are you open","reply":"From nine.","latency_ms":{"first_token":6,"voice_to_voice":471}},
           "replayed":{"transcript":"when are you open","reply":"At nine, every day.","latency_ms":{"first_token":310,"voice_to_voice":902.5}},"same_transcript":true,"same_reply":false},
          {"sequence":2,"recorded":{"transcript":"thank you","reply":"","latency_ms":{}},"replayed":null,"same_transcript":false,"same_reply":false}]}
        """;

    [Fact]
    public async Task What_went_otherwise_is_shown_as_a_difference()
    {
        string? asked = null;
        await using var platform = await PlatformAsync(async context =>
        {
            asked = $"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization} {await new StreamReader(context.Request.Body).ReadToEndAsync()}";
            await context.Response.WriteAsync(Report);
        });
        var result = await CommandResult.OfAsync("replay", "sess_1", "--agent", "2", "--url", platform.Urls.Single(), "--key", "va_test");

        Assert.Equal("""POST /api/v1/sessions/sess_1/replays Bearer va_test {"agent_version":2}""", asked);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            """
            sess_1: 41.3 s, agent receptionist version 1, replayed with version 2 and the real model

            Turn 1
              you    when are you open
            - agent  From nine.
            + agent  At nine, every day.
                first_token                6       310 ms
                voice_to_voice           471     902.5 ms

            Turn 2
            - you    thank you
            + you    (no such turn)
            - agent  
            + agent  (no such turn)
            Not the same.
            """,
            result.Output.TrimEnd());
    }

    [Theory]
    [InlineData(404, 7)]
    [InlineData(401, 5)]
    [InlineData(409, 1)]
    public async Task A_refusal_is_one_line_and_a_code(int status, int exitCode)
    {
        await using var platform = await PlatformAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("""{"title":"t","detail":"There is no such session.","code":"c"}""");
        });
        var result = await CommandResult.OfAsync("replay", "sess_1", "--url", platform.Urls.Single(), "--key", "va_test");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal($"voice: The platform refused the replay ({status}): There is no such session.", result.Error.TrimEnd());
    }

    private static async Task<WebApplication> PlatformAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Map("/api/v1/sessions/{id}/replays", answer);
        await app.StartAsync();
        return app;
    }
}
