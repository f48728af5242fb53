using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Voice.Gateway.Audit;

/// <summary>Which acts, how many, and after what.</summary>
internal sealed record AuditQuery(
    [property: FromQuery(Name = "limit"), Description("How many, 1 to 100; 20 by default.")] int? Limit,
    [property: FromQuery(Name = "cursor"), Description("`next_cursor` of the page before.")] string? Cursor,
    [property: FromQuery(Name = "action"), Description("Only this action, e.g. `api_key.create`.")] string? Action,
    [property: FromQuery(Name = "actor"), Description("Only what this user or key did.")] string? Actor,
    [property: FromQuery(Name = "result"), Description("Only `succeeded`, `denied` or `failed`.")] string? Result)
{
    public const int MaxLimit = 100;

    public int Count => Limit ?? 20;
}
