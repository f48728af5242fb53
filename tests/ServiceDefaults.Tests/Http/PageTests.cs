using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Voice.ServiceDefaults.Http;

namespace ServiceDefaults.Tests.Http;

public sealed class PageTests
{
    [Fact]
    public async Task Pages_follow_each_other_to_the_end_and_miss_nothing()
    {
        await using var service = await StartAsync();
        var client = service.CreateClient().As();
        List<int> seen = [];
        string? cursor = null;
        do
        {
            var page = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/numbers?limit=4{(cursor is null ? "" : $"&cursor={cursor}")}").OrTimeout()).RootElement;
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(number => number.GetInt32()));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(1, 10), seen);
    }

    [Theory]
    [InlineData("limit=0", "invalid_limit")]
    [InlineData("limit=101", "invalid_limit")]
    [InlineData("limit=-5", "invalid_limit")]
    [InlineData("limit=99999999999999999999", "invalid_request")]
    [InlineData("limit=four", "invalid_request")]
    [InlineData("cursor=", "invalid_cursor")]
    [InlineData("cursor=AAAA", "invalid_cursor")]
    [InlineData("cursor=%00", "invalid_cursor")]
    [InlineData("cursor=%F0%9F%92%A5", "invalid_cursor")]
    public async Task What_no_list_gave_out_is_refused(string query, string code)
    {
        await using var service = await StartAsync();
        var body = await service.CreateClient().As().GetStringAsyncOf($"/api/v1/numbers?{query}", HttpStatusCode.BadRequest);
        Assert.Equal(code, JsonDocument.Parse(body).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_cursor_is_for_its_own_list_and_cannot_be_changed()
    {
        await using var service = await StartAsync();
        var client = service.CreateClient().As();
        var cursor = JsonDocument.Parse(await client.GetStringAsync("/api/v1/numbers?limit=4").OrTimeout()).RootElement.GetProperty("next_cursor").GetString()!;

        await client.GetStringAsyncOf($"/api/v1/letters?cursor={cursor}", HttpStatusCode.BadRequest);
        for (var index = 0; index < cursor.Length; index++)
        {
            var changed = string.Create(cursor.Length, (cursor, index), static (text, state) =>
            {
                state.cursor.CopyTo(text);
                // Two steps along: the last character's spare bits may not matter to a decoder.
                text[state.index] = text[state.index] == 'A' ? 'g' : 'A';
            });
            await client.GetStringAsyncOf($"/api/v1/numbers?cursor={changed}", HttpStatusCode.BadRequest);
        }
    }

    private static Task<TestService> StartAsync() => TestService.StartAsync(app =>
    {
        app.MapGet("/api/v1/numbers", Results<Ok<Page<int>>, ProblemHttpResult> ([AsParameters] PageQuery page, PageCursors cursors) => List("numbers", page, cursors))
            .RequireAuthorization();
        app.MapGet("/api/v1/letters", Results<Ok<Page<int>>, ProblemHttpResult> ([AsParameters] PageQuery page, PageCursors cursors) => List("letters", page, cursors))
            .RequireAuthorization();
    });

    private static Results<Ok<Page<int>>, ProblemHttpResult> List(string name, PageQuery page, PageCursors cursors)
    {
        if (page.Refuse(cursors, name, out var after) is { } refusal)
        {
            return refusal;
        }

        var start = after is null ? 0 : int.Parse(after[0], System.Globalization.CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(1, 10).Where(number => number > start).Take(page.Count + 1).ToList();
        return TypedResults.Ok(page.Cut(rows, number => number, last => cursors.Write(name, last.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }
}
