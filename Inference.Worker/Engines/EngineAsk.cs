using Voice.ServiceDefaults.Identity;

namespace Voice.Inference.Engines;

/// <summary>What a request says about who shall answer it.</summary>
/// <param name="Model">
/// A provider, <c>provider/model</c>, a model that providers have, <c>default</c>, <c>fastest</c>, <c>cheapest</c>, <c>local</c>, or several of these
/// with commas between: then they are asked in this order. Null for the default.
/// </param>
/// <param name="Language">BCP-47 of what is heard or said; null where it makes no difference.</param>
/// <param name="OrganizationId">Whose own providers may be used, and who pays; null for the platform itself.</param>
internal sealed record EngineAsk(string? Model, string? Language = null, string? OrganizationId = null)
{
    /// <summary>Transcription: English text of what was said in another language.</summary>
    public bool ToEnglish { get; init; }

    public static EngineAsk Of(HttpContext context, string? model, string? language = null) => new(model, language, context.User.FindCaller()?.OrganizationId);
}
