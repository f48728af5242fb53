using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Identity;

namespace ServiceDefaults.Tests.Errors;

public sealed class ErrorTests
{
    private sealed record Body(int Count);

    [Theory]
    [InlineData("/api/v1/missing", 404, "not_found")]
    [InlineData("/api/v1/throws", 500, "internal_error")]
    [InlineData("/api/v1/refuses", 409, "session_ended")]
    [InlineData("/api/v1/number/abc", 400, "invalid_request")]
    [InlineData("/api/v1/bare", 418, "request_refused")]
    public async Task An_error_is_problem_details_with_code_and_request_id(string path, int status, string code)
    {
        await using var service = await StartAsync();
        using var response = await service.CreateClient().As().GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Request-Id")), problem["request_id"]!.GetValue<string>());
        Assert.Equal(
            ["type", "title", "status", "detail", "code", "request_id", "trace_id"], problem.AsObject().Select(member => member.Key).Where(key => key != "param"));
        Assert.Equal($"/docs/errors#{code}", problem["type"]!.GetValue<string>());
        Assert.NotEmpty(problem["title"]!.GetValue<string>());
        Assert.NotEmpty(problem["detail"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/v1/missing", 404, "invalid_request_error", "not_found")]
    [InlineData("/v1/throws", 500, "server_error", "internal_error")]
    [InlineData("/v1/refuses", 409, "invalid_request_error", "session_ended")]
    public async Task Under_v1_an_error_is_the_OpenAI_envelope(string path, int status, string type, string code)
    {
        await using var service = await StartAsync();
        using var response = await service.CreateClient().As().GetAsync(path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var envelope = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        Assert.Equal("error", Assert.Single(envelope).Key);
        var error = envelope["error"]!.AsObject();
        Assert.Equal(["message", "type", "param", "code"], error.Select(member => member.Key));
        Assert.Equal(type, error["type"]!.GetValue<string>());
        Assert.Equal(code, error["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_OpenAI_envelope_names_the_parameter_at_fault()
    {
        await using var service = await StartAsync();
        var body = await service.CreateClient().As().GetStringAsyncOf("/v1/param", HttpStatusCode.BadRequest);
        Assert.Equal(
            """{"error":{"message":"The voice is unknown.","type":"invalid_request_error","param":"voice","code":"unknown_voice"}}""", body);
    }

    [Fact]
    public async Task A_missing_credential_under_v1_is_the_OpenAI_envelope()
    {
        await using var service = await StartAsync();
        var body = await service.CreateClient().GetStringAsyncOf("/v1/param", HttpStatusCode.Unauthorized);
        Assert.Equal("missing_credential", JsonNode.Parse(body)!["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/v1/echo", "{ no json")]
    [InlineData("/v1/echo", "{\"count\":\"many\"}")]
    [InlineData("/v1/echo", "")]
    public async Task A_body_that_does_not_parse_is_a_400_that_shows_no_internals(string path, string text)
    {
        await using var service = await StartAsync();
        using var response = await service.CreateClient().As().PostAsync(path, new StringContent(text, Encoding.UTF8, "application/json"));
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("   at ", body);
        Assert.DoesNotContain("Body body", body);
        Assert.Contains("invalid_request", body);
    }

    [Fact]
    public async Task What_an_exception_says_stays_in_the_log()
    {
        await using var service = await StartAsync();
        var body = await service.CreateClient().As().GetStringAsyncOf("/api/v1/throws", HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("secret", body);
        Assert.DoesNotContain("Exception", body);
    }

    [Fact]
    public async Task A_wrong_method_and_a_wrong_content_type_have_the_same_shape()
    {
        await using var service = await StartAsync();
        var client = service.CreateClient().As();
        using var method = await client.DeleteAsync("/api/v1/refuses");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        Assert.Equal("application/problem+json", method.Content.Headers.ContentType!.MediaType);
        using var type = await client.PostAsync("/api/v1/echo", new StringContent("<x/>", Encoding.UTF8, "application/xml"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, type.StatusCode);
        Assert.Equal("application/problem+json", type.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_error_is_written_whatever_the_client_accepts()
    {
        await using var service = await StartAsync();
        var client = service.CreateClient().As();
        client.DefaultRequestHeaders.Accept.ParseAdd("audio/wav");
        var body = await client.GetStringAsyncOf("/v1/param", HttpStatusCode.BadRequest);
        Assert.Contains("unknown_voice", body);
    }

    [Fact]
    public async Task A_validation_problem_keeps_its_errors()
    {
        await using var service = await StartAsync();
        var client = service.CreateClient().As();
        var problem = JsonNode.Parse(await client.GetStringAsyncOf("/api/v1/invalid", HttpStatusCode.BadRequest))!;
        Assert.Equal("too long", problem["errors"]!["name"]![0]!.GetValue<string>());
        var envelope = JsonNode.Parse(await client.GetStringAsyncOf("/v1/invalid", HttpStatusCode.BadRequest))!;
        Assert.Equal("name", envelope["error"]!["param"]!.GetValue<string>());
        Assert.Equal("too long", envelope["error"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Json_is_snake_case()
    {
        await using var service = await StartAsync();
        using var response = await service.CreateClient().As().PostAsJsonAsync("/api/v1/echo", new { count = 3 });
        Assert.Equal("""{"count_doubled":6}""", await response.Content.ReadAsStringAsync());
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(app =>
    {
        var known = app.MapGroup("").RequireKnown();
        foreach (var root in (string[])["/api/v1", "/v1"])
        {
            known.MapGet(root + "/throws", () =>
            {
                throw new InvalidOperationException("secret");
            });
            known.MapGet(root + "/refuses", ProblemHttpResult () => ApiError.Result(409, "session_ended", "The session has ended."));
            known.MapGet(root + "/param", ProblemHttpResult () => ApiError.Result(400, "unknown_voice", "The voice is unknown.", "voice"));
            known.MapGet(root + "/number/{number}", (int number) => number);
            known.MapGet(root + "/bare", (HttpContext context) =>
            {
                context.Response.StatusCode = 418;
            });
            known.MapGet(root + "/invalid", () => TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["name"] = ["too long"] }));
            known.MapPost(root + "/echo", (Body body) => new { CountDoubled = body.Count * 2 });
        }
    });
}
