using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Voice.ServiceDefaults.Errors;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Voices;

/// <summary><c>/api/v1/voices</c>: who can speak, and how they sound.</summary>
internal static class VoicesApi
{
    private const string List = "voices";

    public static void MapVoicesApi(this IEndpointRouteBuilder group)
    {
        group.MapGet("/voices", ListAsync).WithTags("Speech").WithName("ListVoices").WithSummary("List voices")
            .WithDescription("The voices of all providers that you may use, of one language where `language` names it.")
            .WithErrors("invalid_limit", "invalid_cursor", "invalid_value")
            .WithResponseExample(
                """
                {"data":[{"id":"voice_ZW1iZWRkZWQAZXM","model":"embedded","voice":"es","name":"espeak-ng es","languages":["es"],"gender":"male","instructions":false,"ssml":true,
                  "local":true,"sample_url":"/api/v1/voices/voice_ZW1iZWRkZWQAZXM/sample"}],"next_cursor":null}
                """);
        group.MapGet("/voices/{id}/sample", SampleAsync).WithTags("Speech").WithName("GetVoiceSample").WithSummary("Hear a voice")
            .WithDescription("A sentence in the voice's own language, as WAV. Costs nothing.")
            .WithErrors("voice_not_found", "provider_rejected", "provider_failed", "provider_unavailable", "rate_limit_exceeded", "unsupported_language")
            .Produces(StatusCodes.Status200OK, contentType: "audio/wav");
    }

    private static async Task<Results<Ok<Page<VoiceInfo>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page,
        [FromQuery, Description("A language tag; voices of its primary language are listed.")] string? language,
        PageCursors cursors,
        VoiceCatalog voices,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        if (language?.Length > 35)
        {
            return ApiError.Result(StatusCodes.Status400BadRequest, "invalid_value", "'language' must be a language tag such as en.", "language");
        }

        var primary = language?.Split('-')[0];
        var found = (await voices.ListAsync(context.User.FindCaller()?.OrganizationId, cancellationToken)).Select(voice => voice.Info)
            .Where(voice => primary is null || voice.Languages.Any(spoken => spoken.Split('-')[0].Equals(primary, StringComparison.OrdinalIgnoreCase)))
            .Where(voice => after is null || string.CompareOrdinal(voice.Id, after[0]) > 0);
        return TypedResults.Ok(page.Cut([.. found.OrderBy(voice => voice.Id, StringComparer.Ordinal).Take(page.Count + 1)], voice => voice, last => cursors.Write(List, last.Id)));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> SampleAsync(
        string id, VoiceCatalog voices, VoiceSamples samples, HttpContext context, CancellationToken cancellationToken)
    {
        var (entry, voice, info) = (await voices.ListAsync(context.User.FindCaller()?.OrganizationId, cancellationToken)).Find(known => known.Info.Id == id);
        if (info is null)
        {
            return ApiError.Result(StatusCodes.Status404NotFound, "voice_not_found", "There is no such voice. GET /api/v1/voices lists them.", "id");
        }

        var wav = await samples.GetAsync(entry, voice, cancellationToken);
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return TypedResults.File(wav, "audio/wav");
    }
}
