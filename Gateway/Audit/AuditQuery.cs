using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Voice.Gateway.Audit;

/// <summary>Which acts.</summary>
internal sealed record AuditQuery(
    [property: FromQuery(Name = "action"), Description("Only this action, e.g. `api_key.create`.")] string? Action,
    [property: FromQuery(Name = "actor"), Description("Only what this user or key did.")] string? Actor,
    [property: FromQuery(Name = "result"), Description("Only `succeeded`, `denied` or `failed`.")] string? Result);
