using System.Text.Json.Serialization;

namespace Voice.Export.Exports;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TranscriptContent))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(ExportSummary))]
internal sealed partial class ExportJson : JsonSerializerContext;
