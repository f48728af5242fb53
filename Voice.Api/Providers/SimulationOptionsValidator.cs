using Microsoft.Extensions.Options;
using Voice.Core.Simulation;

namespace Voice.Api.Providers;

[OptionsValidator]
internal sealed partial class SimulationOptionsValidator : IValidateOptions<SimulationOptions>;
