using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.ServiceDefaults.Errors;

namespace Voice.ServiceDefaults.Http;

/// <summary>
/// Query of every list: how many, and after what. An endpoint takes it as <c>[AsParameters]</c>, reads one row more than
/// <see cref="Count"/>, and lets <see cref="Cut"/> make the page.
/// <code>
/// if (page.Refuse(cursors, "agents", out var after) is { } refusal) { return refusal; }
/// var rows = await store.ListAsync(organization, after?[0], page.Count + 1, cancellationToken);
/// return TypedResults.Ok(page.Cut(rows, AgentSummary.From, last => cursors.Write("agents", last.Id)));
/// </code>
/// </summary>
public sealed record PageQuery(
    [property: FromQuery(Name = "limit"), Description("How many, 1 to 100; 20 by default."), Range(1, PageQuery.MaxLimit), DefaultValue(PageQuery.DefaultLimit)] int? Limit,
    [property: FromQuery(Name = "cursor"), Description("`next_cursor` of the page before.")] string? Cursor)
{
    public const int MaxLimit = 100;
    private const int DefaultLimit = 20;

    public int Count => Limit ?? DefaultLimit;

    /// <param name="list">Name of the list: a cursor of another one is refused.</param>
    /// <param name="after">What was written into the cursor; null where the list begins.</param>
    /// <returns>Null where limit and cursor are good.</returns>
    public ProblemHttpResult? Refuse(PageCursors cursors, string list, out IReadOnlyList<string>? after)
    {
        after = null;
        if (Count is < 1 or > MaxLimit)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_limit", $"limit must be between 1 and {MaxLimit}.", "limit");
        }

        return Cursor is null || cursors.TryRead(list, Cursor, out after)
            ? null
            : ApiError.Result(
                StatusCodes.Status400BadRequest,
                "invalid_cursor",
                "cursor is not one that this list gave out; take next_cursor of the page before, unchanged.",
                "cursor");
    }

    /// <param name="rows">One more than <see cref="Count"/> where there are more.</param>
    /// <param name="cursor">Of the last row of a page that has a successor.</param>
    public Page<T> Cut<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> map, Func<TRow, string> cursor) =>
        new([.. rows.Take(Count).Select(map)], rows.Count > Count ? cursor(rows[Count - 1]) : null);
}
