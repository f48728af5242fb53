using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Voice.Inference.Tests;

[Collection(InferenceCollection.Name)]
public sealed class ChatApiTests(InferenceService service)
{
    [Fact]
    public async Task A_completion_has_the_shape_that_clients_expect()
    {
        using var response = await PostAsync(new { model = "extractive", messages = Messages("is there parking") });

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("chat.completion", (string)body["object"]!);
        Assert.Equal("stop", (string)body["choices"]![0]!["finish_reason"]!);
        Assert.Contains("Parking is free", (string)body["choices"]![0]!["message"]!["content"]!);
        Assert.Equal((int)body["usage"]!["total_tokens"]!, (int)body["usage"]!["prompt_tokens"]! + (int)body["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task A_stream_has_one_id_a_finish_reason_usage_and_done()
    {
        using var response = await PostAsync(new { stream = true, stream_options = new { include_usage = true }, messages = Messages("is there parking") });

        var lines = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var chunks = lines[..^1].Select(line => JsonNode.Parse(line["data: ".Length..])!).ToList();
        Assert.Equal("data: [DONE]", lines[^1]);
        Assert.Single(chunks.Select(c => (string)c["id"]!).Distinct());
        Assert.Equal("assistant", (string)chunks[0]["choices"]![0]!["delta"]!["role"]!);
        Assert.Equal("stop", (string)chunks[^2]["choices"]![0]!["finish_reason"]!);
        Assert.True((int)chunks[^1]["usage"]!["completion_tokens"]! > 3);
        Assert.StartsWith("Parking is free", string.Concat(chunks[..^2].Select(c => (string?)c["choices"]![0]!["delta"]!["content"])));
    }

    [Fact]
    public async Task Metadata_chooses_the_companion()
    {
        using var response = await PostAsync(new { metadata = new { mode = "companion", language = "en" }, messages = Messages("I feel tired") });

        Assert.Contains("It sounds like you feel tired.", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{}", "messages")]
    [InlineData("{\"messages\":[]}", "messages")]
    [InlineData("{\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]}", "messages")]
    [InlineData("{\"model\":\"gpt-99\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"messages\":7}", "messages")]
    [InlineData("{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}", "messages")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}]}", "messages")]
    [InlineData("{\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}", "messages")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":2}", "n")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"logprobs\":true}", "logprobs")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"modalities\":[\"audio\"]}", "modalities")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":3}", "temperature")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_completion_tokens\":0}", "max_completion_tokens")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stop\":[1]}", "stop")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]}", "tools")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"xml\"}}", "response_format")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{}}}}", "response_format")]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"metadata\":{\"a\":1}}", "metadata")]
    public async Task A_field_that_does_not_fit_is_named(string body, string param)
    {
        using var response = await service.Client.PostAsync("/v1/chat/completions", new StringContent(body, null, "application/json")).OrTimeout();

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.NotFound });
        Assert.Equal(param, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["param"]!);
    }

    [Theory]
    [InlineData("\"auto\"", 200)]
    [InlineData("\"none\"", 200)]
    [InlineData("null", 200)]
    [InlineData("\"required\"", 400)]
    [InlineData("""{"type":"function","function":{"name":"book"}}""", 400)]
    public async Task Tools_that_may_be_called_are_left_alone_and_a_tool_that_must_be_is_refused(string choice, int status)
    {
        var body = $$$$"""
            {"model":"extractive","tools":[{"type":"function","function":{"name":"book","description":"","parameters":{"type":"object"}}}],"tool_choice":{{{{choice}}}},
             "messages":[{"role":"user","content":"is there parking"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"book","arguments":"{}"}}]},
                         {"role":"tool","tool_call_id":"c","content":"done"}]}
            """;
        using var response = await service.Client.PostAsync("/v1/chat/completions", new StringContent(body, null, "application/json")).OrTimeout();

        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200 ? null : "unsupported_value tool_choice", status == 200 ? null : $"{answer["error"]!["code"]} {answer["error"]!["param"]}");
    }

    [Fact]
    public async Task An_answer_ends_where_the_request_says()
    {
        using var stopped = await PostAsync(new { model = "extractive", stop = new[] { " free" }, messages = Messages("is there parking") });
        using var cut = await PostAsync(new { model = "extractive", max_completion_tokens = 2, messages = Messages("is there parking") });

        var (first, second) = (JsonNode.Parse(await stopped.Content.ReadAsStringAsync())!, JsonNode.Parse(await cut.Content.ReadAsStringAsync())!);
        Assert.Equal(("Parking is", "stop"), ((string)first["choices"]![0]!["message"]!["content"]!, (string)first["choices"]![0]!["finish_reason"]!));
        Assert.Equal(("Parking is", "length"), ((string)second["choices"]![0]!["message"]!["content"]!, (string)second["choices"]![0]!["finish_reason"]!));
        Assert.Equal(2, (int)second["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task What_is_no_json_is_a_400()
    {
        using var response = await service.Client.PostAsync("/v1/chat/completions", new StringContent("{", null, "application/json")).OrTimeout();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Models_are_listed_and_found()
    {
        var list = JsonNode.Parse(await service.Client.GetStringAsync("/v1/models").OrTimeout())!;

        Assert.Contains(list["data"]!.AsArray(), model => (string)model!["id"]! == "pocketsphinx-en-us");
        Assert.Equal("extractive", (string)JsonNode.Parse(await service.Client.GetStringAsync("/v1/models/extractive").OrTimeout())!["id"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync("/v1/models/nothing").OrTimeout()).StatusCode);
    }

    private static object[] Messages(string said) => [new { role = "system", content = ClinicKnowledge.System }, new { role = "user", content = said }];

    private Task<HttpResponseMessage> PostAsync(object body) => service.Client.PostAsJsonAsync("/v1/chat/completions", body).OrTimeout();
}
