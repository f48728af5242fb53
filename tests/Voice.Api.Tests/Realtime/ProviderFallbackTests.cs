using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

public sealed class ProviderFallbackTests(RealtimeHost host) : IClassFixture<RealtimeHost>
{
    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(200)]
    public async Task A_model_that_fails_on_the_wire_is_replaced_by_the_agents_next(int status)
    {
        await using var command = host.Api.Database.DataSource.CreateCommand(
            """update voice.agents set models = '{"chat":"first","fallbacks":{"chat":["second"]}}' where id = 'receptionist'""");
        await command.ExecuteNonQueryAsync();
        host.Reset();
        var answer = host.Inference.Chat;
        List<string> models = [];
        host.Inference.Chat = async context =>
        {
            context.Request.EnableBuffering();
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
            // The host reads it again.
            context.Request.Body.Position = 0;
            models.Add(body.GetProperty("model").GetString()!);
            context.Request.Body.Position = 0;
            if (models[^1] == "first")
            {
                context.Response.Headers.RetryAfter = "20";
                // 200: an answer that is none.
                await FakeInference.Json(status, status == 200 ? "garbage" : """{"error":{"message":"no","type":"x","param":null,"code":null}}""")(context);
                return;
            }

            await answer(context);
        };
        try
        {
            await using var client = await host.BeginAsync();
            await client.SpeakAsync();
            var turn = await client.UntilAsync("voiceaspire.turn");

            Assert.Equal("We are open from nine to five. On Saturday until noon.", turn.GetProperty("reply").GetString());
            Assert.Equal(["first", "second"], models);
            var told = client.Events.Where(e => RealtimeClient.Type(e) == "voiceaspire.provider").ToList();
            Assert.Equal(["chat first degraded", "chat second fallback"], told.Select(e => $"{Field(e, "stage")} {Field(e, "model")} {Field(e, "state")}"));
            Assert.Equal(JsonValueKind.Null, told[1].GetProperty("code").ValueKind);
            Assert.DoesNotContain("error", client.Types);
        }
        finally
        {
            host.Inference.Chat = answer;
        }
    }

    private static string? Field(JsonElement e, string name) => e.GetProperty(name).GetString();
}
