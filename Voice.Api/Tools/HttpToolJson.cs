using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voice.Api.Tools;

[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class HttpToolJson : JsonSerializerContext;
