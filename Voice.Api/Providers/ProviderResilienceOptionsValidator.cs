using Microsoft.Extensions.Options;
using Voice.Core.Resilience;

namespace Voice.Api.Providers;

[OptionsValidator]
internal sealed partial class ProviderResilienceOptionsValidator : IValidateOptions<ProviderResilienceOptions>;
