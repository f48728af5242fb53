using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Http;

[JsonSerializable(typeof(string[]))]
internal sealed partial class CursorJson : JsonSerializerContext;
