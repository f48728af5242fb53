using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Voice.Gateway.Usage;

/// <summary>Which days, and of them what.</summary>
internal sealed record UsageQuery(
    [property: FromQuery(Name = "from"), Description("First day (UTC), e.g. 2026-11-01; the first of this month by default.")] DateOnly? From,
    [property: FromQuery(Name = "to"), Description("Last day (UTC), itself included; today by default.")] DateOnly? To,
    [property: FromQuery(Name = "key"), Description("Only of this API key or user.")] string? Key,
    [property: FromQuery(Name = "kind"), Description("Only `audio_seconds`, `characters`, `tokens` or `sessions`.")] string? Kind)
{
    public const int MaxDays = 93;
}
