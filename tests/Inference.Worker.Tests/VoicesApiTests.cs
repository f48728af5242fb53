using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Voice.Core.Audio;

namespace Voice.Inference.Tests;

[Collection(InferenceCollection.Name)]
public sealed class VoicesApiTests(InferenceService service)
{
    [Fact]
    public async Task Voices_are_listed_page_by_page_and_each_can_be_spoken_with()
    {
        var voices = new List<JsonNode>();
        for (var cursor = default(string); voices.Count == 0 || cursor is not null;)
        {
            var page = await GetAsync($"/api/v1/voices?limit=30{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            voices.AddRange(page["data"]!.AsArray().Select(voice => voice!));
            cursor = (string?)page["next_cursor"];
        }

        Assert.Equal(voices.Count, voices.Select(voice => (string)voice["id"]!).Distinct().Count());
        var german = voices.First(voice => voice["languages"]!.AsArray().Any(language => (string)language! == "de"));
        using var speech = await service.Client.PostAsJsonAsync(
            "/v1/audio/speech", new { model = (string)german["model"]!, voice = (string)german["voice"]!, input = "Guten Tag.", language = "de", response_format = "pcm" }).OrTimeout();
        Assert.True(speech.IsSuccessStatusCode, await speech.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Voices_of_a_language_are_found_by_it()
    {
        var data = (await GetAsync("/api/v1/voices?language=es-MX"))["data"]!.AsArray();

        Assert.NotEmpty(data);
        Assert.All(data, voice => Assert.Contains(voice!["languages"]!.AsArray(), language => ((string)language!).StartsWith("es", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_sample_can_be_played_and_is_the_same_the_next_time()
    {
        var voice = (await GetAsync("/api/v1/voices?language=es"))["data"]![0]!;
        var first = await service.Client.GetByteArrayAsync((string)voice["sample_url"]!).OrTimeout();
        var second = await service.Client.GetByteArrayAsync((string)voice["sample_url"]!).OrTimeout();

        var audio = WavReader.Read(first);
        Assert.InRange(audio.Duration.TotalSeconds, 1, 20);
        Assert.InRange(Pcm16.LevelDbfs(audio.Samples), -45, -3);
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("/api/v1/voices/voice_AAAA/sample", HttpStatusCode.NotFound, "voice_not_found")]
    [InlineData("/api/v1/voices/..%2f..%2fetc/sample", HttpStatusCode.NotFound, "voice_not_found")]
    [InlineData("/api/v1/voices?limit=0", HttpStatusCode.BadRequest, "invalid_limit")]
    [InlineData("/api/v1/voices?cursor=x", HttpStatusCode.BadRequest, "invalid_cursor")]
    [InlineData("/api/v1/languages?cursor=x", HttpStatusCode.BadRequest, "invalid_cursor")]
    public async Task What_is_not_there_is_said_so(string address, HttpStatusCode status, string code)
    {
        using var response = await service.Client.GetAsync(address).OrTimeout();

        Assert.Equal((status, code), (response.StatusCode, (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!));
    }

    [Fact]
    public async Task Languages_say_who_hears_speaks_and_translates_them()
    {
        var languages = (await GetAsync("/api/v1/languages?limit=100"))["data"]!.AsArray();

        var english = languages.Single(language => (string)language!["language"]! == "en")!;
        Assert.Equal("English", (string)english["name"]!);
        Assert.Contains(english["transcription"]!.AsArray(), who => (string)who! == "pocketsphinx");
        Assert.Contains(english["translation"]!.AsArray(), who => (string)who! == "apertium");
        Assert.Contains(languages.Single(language => (string)language!["language"]! == "de")!["speech"]!.AsArray(), who => (string)who! == "espeak-ng");
    }

    [Fact]
    public async Task A_text_is_translated_at_the_platforms_own_address_too()
    {
        using var response = await service.Client.PostAsJsonAsync("/api/v1/translate", new { input = "The house is big.", source_language = "en", target_language = "es" }).OrTimeout();
        using var refused = await service.Client.PostAsJsonAsync("/api/v1/translate", new { input = "hello", source_language = "en", target_language = "ko" }).OrTimeout();

        Assert.Equal("La casa es grande.", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["text"]!);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal("unsupported_language", (string)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["code"]!);
    }

    private async Task<JsonNode> GetAsync(string address) => JsonNode.Parse(await service.Client.GetStringAsync(address).OrTimeout())!;
}
