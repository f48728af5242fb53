using Microsoft.Extensions.Options;

namespace Voice.Api.Tools;

[OptionsValidator]
internal sealed partial class HttpToolOptionsValidator : IValidateOptions<HttpToolOptions>;
