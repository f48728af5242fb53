using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Platform.Tests.Api;

/// <summary>The conventions of docs/specs/api.md, held over every operation. An exception is stated here, with its reason, or the test fails.</summary>
[Collection(PlatformCollection.Name)]
public sealed partial class ConventionTests(PlatformFixture platform)
{
    private static readonly Dictionary<string, string> NotTwiceAnyway = new()
    {
        ["ChangePassword"] = "the second finds another password",
        ["BeginSecondFactor"] = "replaces what was begun",
        ["ConfirmSecondFactor"] = "a code is good once",
        ["RenewRecoveryCodes"] = "replaces the ones before",
        ["ConfirmIdentity"] = "creates nothing",
        ["SwitchOrganization"] = "creates nothing",
        ["LinkProvider"] = "replaces what was begun; its answer belongs to a cookie",
        ["LeaveOrganization"] = "the second finds nothing to leave",
        ["SignOut"] = "the second finds nothing to end",
    };

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

    private static bool Takes(ApiOperation operation, string header) => operation.Parameters.Any(parameter => parameter["name"]!.GetValue<string>() == header);

    [GeneratedRegex("id=\"([a-z_]+)\"")]
    private static partial Regex Anchor();
}
