using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Platform.Tests.Api;

/// <summary>The conventions of docs/specs/api.md, held over every operation. An exception is stated here, with its reason, or the test fails.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class ConventionTests(PlatformFixture platform)
{
    private static readonly Dictionary<string, string> NotTwiceAnyway = new()
    {
        ["CheckProvider"] = "looks, and changes nothing",
        ["ChangePassword"] = "the second finds another password",
        ["BeginSecondFactor"] = "replaces what was begun",
        ["ConfirmSecondFactor"] = "a code is good once",
        ["RenewRecoveryCodes"] = "replaces the ones before",
        ["ConfirmIdentity"] = "creates nothing",
        ["SwitchOrganization"] = "creates nothing",
        ["LinkProvider"] = "replaces what was begun; its answer belongs to a cookie",
        ["LeaveOrganization"] = "the second finds nothing to leave",
        ["Translate"] = "creates nothing; the second is another translation",
        ["SignOut"] = "the second finds nothing to end",
        ["CheckPipeline"] = "creates nothing",
    };

    private static readonly Dictionary<string, string> WholeLists = new()
    {
        ["ListExports"] = "those of one session: one of each kind",
        ["ListInterventions"] = "those of one session",
        ["ListSignIns"] = "those of one person, and they end by themselves",
        ["ListSignInProviders"] = "those that are configured",
        ["ListLinkedProviders"] = "those of one person",
        ["ListOrganizations"] = "those of one person",
        ["ListAuditKeys"] = "one more with each rotation",
        ["ListErrorTypes"] = "the catalogue",
        ["ListModels"] = "OpenAI's shape",
        ["ListProviders"] = "those of the platform, and at most 20 of the organization",
        ["ListProviderUsage"] = "bounded by its range of days",
        ["GetUsage"] = "bounded by its range of days",
    };

    private static readonly Dictionary<string, string> LastOneWins = new()
    {
        ["ChangeAccount"] = "one field, of oneself",
        ["ChangeMember"] = "one field, changed under a lock",
        ["SetAgentAccess"] = "says the whole of it, whatever was there",
        ["SetKeyLimits"] = "says the whole of it, whatever was there",
    };

    [Fact]
    public async Task Every_list_is_paged_or_bounded_by_what_it_lists()
    {
        var document = await ApiDocument.FetchAsync(platform);
        var lists = document.Operations.Where(operation => operation.Method == "GET" && Schema(operation) is { } schema && schema["properties"]?["data"] is not null).ToList();
        var paged = lists.Where(operation => operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == "cursor")).ToList();
        Assert.All(paged, operation =>
        {
            var limit = operation.Parameters.Single(parameter => parameter["name"]!.GetValue<string>() == "limit")["schema"]!;
            Assert.Equal((1, 100, 20), (limit["minimum"]!.GetValue<int>(), limit["maximum"]!.GetValue<int>(), limit["default"]!.GetValue<int>()));
            Assert.NotNull(Schema(operation)!["properties"]!["next_cursor"]);
            Assert.Superset(new HashSet<string> { "invalid_limit", "invalid_cursor" }, operation.ErrorCodes("400").ToHashSet());
        });
        Assert.True(paged.Count > 5);
        Assert.Equal(WholeLists.Keys.Order(), lists.Except(paged).Select(operation => operation.Id).Order());
    }

    [Fact]
    public async Task Every_change_of_what_is_there_says_which_version_it_changes()
    {
        var document = await ApiDocument.FetchAsync(platform);
        var changes = document.Operations.Where(operation => operation.Method is "PUT" or "PATCH").ToList();
        Assert.Equal(LastOneWins.Keys.Order(), changes.Where(operation => !Takes(operation, "If-Match")).Select(operation => operation.Id).Order());
        Assert.All(changes.Where(operation => Takes(operation, "If-Match")), operation =>
        {
            Assert.Equal(["version_mismatch"], operation.ErrorCodes("412"));
            Assert.Equal(["version_required"], operation.ErrorCodes("428"));
            Assert.Contains(document.Operations, read => read.Path == operation.Path && read.Method == "GET" && read.Response("200")["headers"]!["ETag"] is not null);
        });
    }

    [Fact]
    public async Task What_creates_takes_an_Idempotency_Key()
    {
        var document = await ApiDocument.FetchAsync(platform);
        // Without a credential there is nobody whom a key could belong to; below /v1 the shape is OpenAI's, but for what we added.
        var posts = document.Operations.Where(operation => operation is { Method: "POST", IsAnonymous: false } && (operation.Path.StartsWith("/api/", StringComparison.Ordinal) || operation.Id == "CreateClientSecret")).ToList();
        Assert.Empty(posts.Where(operation => !Takes(operation, "Idempotency-Key")).Select(operation => operation.Id).Except(NotTwiceAnyway.Keys));
        Assert.Empty(NotTwiceAnyway.Keys.Except(posts.Where(operation => !Takes(operation, "Idempotency-Key")).Select(operation => operation.Id)));
        Assert.True(posts.Count(operation => Takes(operation, "Idempotency-Key")) > 5);
    }

    [Fact]
    public async Task Every_type_of_an_error_opens_its_explanation()
    {
        using var client = new HttpClient { BaseAddress = platform.Url };
        var catalogue = JsonNode.Parse(await client.GetStringAsync("/api/v1/errors").OrTimeout())!["data"]!.AsArray();
        var page = await client.GetStringAsync("/docs/errors").OrTimeout();
        var anchors = Anchor().Matches(page).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.True(catalogue.Count > 80);
        Assert.All(catalogue.Select(entry => entry!["type"]!.GetValue<string>()), type =>
        {
            Assert.StartsWith("/docs/errors#", type, StringComparison.Ordinal);
            Assert.Contains(type["/docs/errors#".Length..], anchors);
        });

        // And those of the document are of the catalogue.
        var document = await ApiDocument.FetchAsync(platform);
        var known = catalogue.Select(entry => entry!["code"]!.GetValue<string>()).ToHashSet();
        Assert.Subset(known, document.Operations.SelectMany(operation => operation.Json["responses"]!.AsObject().Where(response => response.Key[0] is '4' or '5')
            .SelectMany(response => operation.ErrorCodes(response.Key))).ToHashSet());
    }

    private static JsonObject? Schema(ApiOperation operation) =>
        operation.Json["responses"]!["200"] is { } answer && operation.Resolve(answer)["content"]?["application/json"]?["schema"] is { } schema ? operation.Resolve(schema) : null;

    private static bool Takes(ApiOperation operation, string header) => operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == header);

    [GeneratedRegex("id=\"([a-z_]+)\"")]
    private static partial Regex Anchor();
}
