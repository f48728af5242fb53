using Microsoft.Extensions.Options;

namespace Voice.Api.Providers;

[OptionsValidator]
internal sealed partial class InferenceOptionsValidator : IValidateOptions<InferenceOptions>;
