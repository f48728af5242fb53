using Microsoft.Extensions.Options;

namespace Voice.Api.Sessions;

[OptionsValidator]
internal sealed partial class SessionRecordOptionsValidator : IValidateOptions<SessionRecordOptions>;
