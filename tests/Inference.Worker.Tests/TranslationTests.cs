using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Voice.Inference.Translation;

namespace Voice.Inference.Tests;

[Collection(InferenceCollection.Name)]
public sealed class TranslationTests(InferenceService service)
{
    [Theory]
    [InlineData("en", "es", "i have a fever and a sore throat", "Tengo fiebre y dolor de garganta.")]
    [InlineData("es", "en", "¿Desde cuándo tiene este dolor?", "How long have you had this pain?")]
    [InlineData("en-US", "es-MX", "Please call an ambulance!", "Por favor, llame a una ambulancia.")]
    public async Task The_phrasebook_answers_first(string from, string to, string input, string expected)
    {
        Assert.Equal(expected, await TranslateAsync(input, from, to));
    }

    [Theory]
    [InlineData("en", "es", "My son has a rash on his arm.", "sarpullido en su brazo")]
    [InlineData("en", "es", "We need to take a blood sample tomorrow.", "muestra de sangre")]
    [InlineData("es", "en", "Mi hijo tiene una erupción en el brazo.", "son has")]
    public async Task Other_sentences_are_drafted_by_apertium(string from, string to, string input, string part)
    {
        Assert.Contains(part, await TranslateAsync(input, from, to), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whatever_was_asked_before_the_next_question_gets_its_own_answer()
    {
        string[] weird =
        [
            "\0\0 hello \0", "^hello/hello<n>$", "[][\n]", "\\", "a]b[c{d}e~f@g;", "<b>bold</b>", "🙂", "*#@", ".", "???", "hello\r\n\r\nthere", new string('x', 3_000), "'; DROP TABLE", "a.[]b", "]", "$",
        ];
        foreach (var input in weird)
        {
            await TranslateAsync(input, "en", "es");
            Assert.Equal("La casa es grande.", await TranslateAsync("The house is big.", "en", "es"));
        }
    }

    [Fact]
    public async Task A_killed_pipeline_is_replaced()
    {
        await using var pipelines = new ApertiumPipelines(TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ApertiumPipeline>.Instance);
        var pipeline = pipelines.Find("en", "es")!;
        await pipeline.TranslateAsync("The house is big.", CancellationToken.None).AsTask().OrTimeout();
        System.Diagnostics.Process.GetProcessById(pipeline.ProcessId!.Value).Kill(entireProcessTree: true);

        Assert.Equal("La casa es grande.", await pipeline.TranslateAsync("The house is big.", CancellationToken.None).AsTask().OrTimeout());
    }

    [Fact]
    public async Task A_pair_that_is_not_installed_is_refused_naming_those_that_are()
    {
        using var response = await PostAsync("hello", "en", "ko");

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("unsupported_language", (string)error["code"]!);
        Assert.Contains("en to es", (string)error["message"]!);
    }

    [Fact]
    public async Task The_same_language_is_left_as_it_is() => Assert.Equal("As it was.", await TranslateAsync("As it was.", "en", "en-GB"));

    private async Task<string> TranslateAsync(string input, string from, string to)
    {
        using var response = await PostAsync(input, from, to);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return (string)JsonNode.Parse(body)!["text"]!;
    }

    private Task<HttpResponseMessage> PostAsync(string input, string from, string to) =>
        service.Client.PostAsJsonAsync("/v1/translations", new { input, source_language = from, target_language = to }).OrTimeout();
}
