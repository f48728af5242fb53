using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.Gateway.Routing.Resilience;

/// <summary>When another replica is asked, and when one is not asked any more.</summary>
internal sealed class ResilienceOptions
{
    public const string Section = "Routing";

    /// <summary>At how many other replicas a request is tried.</summary>
    [Range(0, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Of all requests to a service, so that an outage is not multiplied.</summary>
    [Range(0.0, 1.0)]
    public double RetryShare { get; set; } = 0.1;

    /// <summary>Since the request began. Who has waited longer has done so for work that would begin anew.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan RetryWithin { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Without an answer, one after the other, before a destination is left alone.</summary>
    [Range(1, 1000)]
    public int FailuresToBreak { get; set; } = 5;

    /// <summary>Of the requests of <see cref="Circuit.Window"/>, where answers come in between.</summary>
    [Range(0.01, 1.0)]
    public double FailureShareToBreak { get; set; } = 0.5;

    /// <summary>Until the next request is let through, to see.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(3);
}

[OptionsValidator]
internal sealed partial class ResilienceOptionsValidator : IValidateOptions<ResilienceOptions>;
