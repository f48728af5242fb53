using Microsoft.Extensions.Options;
using Voice.Core.Resilience;

namespace Voice.Inference.Providers.Configuration;

[OptionsValidator]
internal sealed partial class WorkerResilienceOptionsValidator : IValidateOptions<ProviderResilienceOptions>
{
    public const string Section = "Resilience";
}
