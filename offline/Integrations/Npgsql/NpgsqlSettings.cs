namespace Aspire.Npgsql;

/// <summary>Bound from <c>Aspire:Npgsql</c>, then <c>Aspire:Npgsql:&lt;connection name&gt;</c>, then <c>ConnectionStrings:&lt;connection name&gt;</c>.</summary>
public class NpgsqlSettings
{
    public string? ConnectionString { get; set; }

    public bool DisableHealthChecks { get; set; }

    public bool DisableMetrics { get; set; }

    public bool DisableTracing { get; set; }
}
