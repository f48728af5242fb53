namespace Aspire.Hosting.Running;

/// <summary>How long to wait before what died is started again, and when to give up.</summary>
internal sealed record RestartPolicy
{
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>So many deaths <see cref="Within"/> are a crash loop.</summary>
    public int Deaths { get; init; } = 5;

    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan HealthyWithin { get; init; } = TimeSpan.FromSeconds(120);

    public TimeSpan DelayAfter(int deaths) => TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(deaths - 1, 20)));
}
