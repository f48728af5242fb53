using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Voice.Api.Recordings;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Recordings;

public sealed class RecordingsApiTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    [Fact]
    public async Task The_link_plays_without_a_credential_whole_and_in_ranges()
    {
        var id = await RecordedAsync();
        using var client = api.CreateClient();
        var link = await client.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{id}/recording").OrTimeout();
        Assert.Equal("audio/wav", link.GetProperty("content_type").GetString());
        var url = link.GetProperty("url").GetString()!;
        using var player = api.CreateAnonymousClient();

        using var whole = await player.GetAsync(url).OrTimeout();
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal("audio/wav", whole.Content.Headers.ContentType?.MediaType);
        Assert.Contains("bytes", whole.Headers.AcceptRanges);
        var file = await whole.Content.ReadAsByteArrayAsync().OrTimeout();
        Assert.Equal(0.5, WavFile.Parse(file).Seconds);

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(44, 51) } };
        using var range = await player.SendAsync(request).OrTimeout();
        Assert.Equal(HttpStatusCode.PartialContent, range.StatusCode);
        Assert.Equal($"bytes 44-51/{file.Length}", range.Content.Headers.ContentRange?.ToString());
        Assert.Equal(file[44..52], await range.Content.ReadAsByteArrayAsync().OrTimeout());

        using var tail = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(null, 8) } };
        using var last = await player.SendAsync(tail).OrTimeout();
        Assert.Equal(file[^8..], await last.Content.ReadAsByteArrayAsync().OrTimeout());

        using var beyond = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(file.Length, null) } };
        using var unsatisfiable = await player.SendAsync(beyond).OrTimeout();
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, unsatisfiable.StatusCode);
    }

    [Fact]
    public async Task A_link_that_was_changed_or_made_up_is_forbidden()
    {
        var id = await RecordedAsync();
        var other = await RecordedAsync();
        using var client = api.CreateClient();
        var link = await client.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{id}/recording").OrTimeout();
        var url = link.GetProperty("url").GetString()!;
        var signature = url[(url.LastIndexOf('=') + 1)..];
        var flipped = (signature[0] == 'A' ? 'B' : 'A') + signature[1..];
        using var player = api.CreateAnonymousClient();

        foreach (var bad in new[]
        {
            url.Replace("expires=", "expires=9", StringComparison.Ordinal),
            url.Replace(id, other, StringComparison.Ordinal),
            url.Replace(signature, flipped, StringComparison.Ordinal),
            url.Replace(signature, "", StringComparison.Ordinal),
            url.Replace(signature, new string('A', 4000), StringComparison.Ordinal),
            url[..url.IndexOf('?', StringComparison.Ordinal)],
        })
        {
            using var response = await player.GetAsync(bad).OrTimeout();
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("invalid_signature", await response.CodeAsync());
        }
    }

    [Fact]
    public async Task A_link_past_its_time_is_gone()
    {
        var id = await RecordedAsync();
        var expires = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToUnixTimeSeconds();
        var signature = api.Services.GetRequiredService<RecordingSignatures>().Sign(id, expires);
        using var player = api.CreateAnonymousClient();

        using var response = await player.GetAsync($"/api/v1/sessions/{id}/recording/content?expires={expires}&signature={signature}").OrTimeout();

        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal("link_expired", await response.CodeAsync());
    }

    [Fact]
    public async Task A_session_without_a_recording_says_so()
    {
        await using var journal = await api.OpenAsync();
        using var client = api.CreateClient();
        using var response = await client.GetAsync($"/api/v1/sessions/{journal.Session.Id}/recording").OrTimeout();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("recording_not_found", await response.CodeAsync());
    }

    private async Task<string> RecordedAsync()
    {
        await using var journal = await api.OpenAsync();
        journal.RecordUserAudio(Tone.Level(300, TimeSpan.FromSeconds(0.5)));
        await journal.EndAsync("client_closed", CancellationToken.None).OrTimeout();
        return journal.Session.Id;
    }
}
