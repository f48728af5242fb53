using Microsoft.Extensions.Options;

namespace Voice.Api.SpeechCache;

[OptionsValidator]
internal sealed partial class SpeechCacheOptionsValidator : IValidateOptions<SpeechCacheOptions>;
