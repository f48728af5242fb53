using Microsoft.AspNetCore.Http.HttpResults;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Routing;
using Voice.Inference.Translation;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.OpenApi;

namespace Voice.Inference.Languages;

/// <summary><c>/api/v1/languages</c>: which languages are heard, spoken and translated here. Chat models name none.</summary>
internal static class LanguagesApi
{
    private const string List = "languages";

    public static void MapLanguagesApi(this IEndpointRouteBuilder group) =>
        group.MapGet("/languages", ListAsync).WithTags("Models").WithName("ListLanguages").WithSummary("List languages")
            .WithDescription("What can be done in each language, and by whom. A provider whose languages depend on its model and are not known here is in none of the lists.")
            .WithErrors("invalid_limit", "invalid_cursor")
            .WithResponseExample("""{"data":[{"language":"en","name":"English","transcription":["pocketsphinx"],"speech":["embedded","flite","espeak-ng"],"translation":["apertium"]}],"next_cursor":null}""");

    private static async Task<Results<Ok<Page<LanguageInfo>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageQuery page, PageCursors cursors, ProviderRegistry registry, HttpContext context, CancellationToken cancellationToken)
    {
        if (page.Refuse(cursors, List, out var after) is { } refusal)
        {
            return refusal;
        }

        var entries = await registry.ForAsync(context.User.FindCaller()?.OrganizationId, cancellationToken);
        var languages = entries.SelectMany(entry => entry.Provider.Capabilities).SelectMany(can => can.Languages).Select(Primary).Distinct().Order(StringComparer.Ordinal)
            .Where(language => after is null || string.CompareOrdinal(language, after[0]) > 0);
        return TypedResults.Ok(page.Cut([.. languages.Take(page.Count + 1)], language => Describe(language, entries), last => cursors.Write(List, last)));
    }

    private static LanguageInfo Describe(string language, IReadOnlyList<ProviderEntry> entries) => new(
        language, LanguageNames.Find(language), Who(entries, Capability.Transcription, language), Who(entries, Capability.Speech, language), Who(entries, Capability.Translation, language));

    private static List<string> Who(IReadOnlyList<ProviderEntry> entries, Capability capability, string language) =>
        [.. entries.Where(entry => entry.Can(capability)?.Languages.Any(known => Primary(known) == language) == true).Select(entry => entry.Name).Distinct()];

    private static string Primary(string language) => language.Split('-')[0].ToLowerInvariant();
}
