using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Voice.ServiceDefaults.Messaging;

/// <summary>Section <c>Messaging</c>.</summary>
public sealed class SubscriptionOptions
{
    public const string Section = "Messaging";

    /// <summary>Sessions handled at once.</summary>
    [Range(1, 256)]
    public int MaxConcurrency { get; set; } = 8;

    /// <summary>Deliveries, the first included, before a message is a dead letter.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>How long a consumer that says nothing keeps a message; after it, a dead consumer's messages go to another.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:05:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause before the second attempt; doubles with each, up to <see cref="MaxRetryPause"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(500);

    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan MaxRetryPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often to look without having been told; notifications make it rarely matter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long handlers in progress may go on when the service stops; then they roll back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long ids of handled messages are remembered; longer than a message can be under way.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(30);

    internal SubscriptionOptions With(int? maxConcurrency)
    {
        var options = (SubscriptionOptions)MemberwiseClone();
        options.MaxConcurrency = maxConcurrency ?? MaxConcurrency;
        return options;
    }

    internal TimeSpan PauseAfter(int attempt) =>
        TimeSpan.FromTicks((long)Math.Min(MaxRetryPause.Ticks, RetryPause.Ticks * Math.Pow(2, Math.Min(attempt - 1, 40))));
}

[OptionsValidator]
internal sealed partial class SubscriptionOptionsValidator : IValidateOptions<SubscriptionOptions>;
