using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Voice.Api.Http;

/// <summary>Query of every list: how many, and after what.</summary>
internal sealed record PageQuery(
    [property: FromQuery(Name = "limit"), Description("How many, 1 to 100; 20 by default.")] int? Limit,
    [property: FromQuery(Name = "cursor"), Description("`next_cursor` of the page before.")] string? Cursor)
{
    public const int MaxLimit = 100;
    private const int DefaultLimit = 20;

    public int Count => Limit ?? DefaultLimit;

    public bool HasValidLimit => Count is >= 1 and <= MaxLimit;
}
