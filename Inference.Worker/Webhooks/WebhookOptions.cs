using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
internal sealed class WebhookOptions : OutboundOptions
{
    public const string Section = "Webhooks";

    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a worker looks for what is due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:01:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Of the pauses that Standard Webhooks suggests; 1 for them as they are. For tests.</summary>
    [Range(0.0001, 10)]
    public double PauseScale { get; set; } = 1;
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
