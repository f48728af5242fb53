using Microsoft.Extensions.Options;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Providers.Own;

/// <summary>Section <c>OwnProviders</c>: which addresses organizations may bring.</summary>
internal sealed class OwnProviderOptions : OutboundOptions
{
    public const string Section = "OwnProviders";

    /// <summary>How long a change may take to reach the other replicas.</summary>
    public TimeSpan Refresh { get; set; } = TimeSpan.FromSeconds(10);
}

[OptionsValidator]
internal sealed partial class OwnProviderOptionsValidator : IValidateOptions<OwnProviderOptions>;
