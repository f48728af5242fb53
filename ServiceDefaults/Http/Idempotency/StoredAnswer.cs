using System.Text.Json.Serialization;

namespace Voice.ServiceDefaults.Http.Idempotency;

/// <summary>An answer as it is given again.</summary>
internal sealed record StoredAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>What belongs to the answer; the rest (dates, request ids, limits) belongs to the exchange.</summary>
    public static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", "Cache-Control"];
}

[JsonSerializable(typeof(StoredAnswer))]
internal sealed partial class StoredAnswerJson : JsonSerializerContext;
