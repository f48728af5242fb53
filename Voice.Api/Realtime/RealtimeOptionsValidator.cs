using Microsoft.Extensions.Options;

namespace Voice.Api.Realtime;

[OptionsValidator]
internal sealed partial class RealtimeOptionsValidator : IValidateOptions<RealtimeOptions>;
