using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Platform.Tests.Api;

/// <summary>The document is true: what the platform answers is what it says.</summary>
[Collection(PlatformCollection.Name)]
public sealed class ConformanceTests(PlatformFixture platform) : IAsyncLifetime
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.33");

    /// <summary>What a tour through the examples cannot do well, and which test does.</summary>
    private static readonly Dictionary<string, string> NotHere = new()
    {
        ["ConnectRealtime"] = "WebSocket: OfficialClientTests",
    };

    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();

    public Task InitializeAsync() => _tenants.AddOrganizationAsync(_organization);

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task Every_example_is_good_by_its_schema_and_the_check_can_tell()
    {
        var document = await ApiDocument.FetchAsync(platform);
        var file = Path.Combine(Directory.CreateTempSubdirectory("voice-examples-").FullName, "openapi.json");
        await File.WriteAllTextAsync(file, document.Root.ToJsonString());
        var report = await Conformance.ValidateAsync(file);
        Assert.Empty(report["wrong"]!.AsArray().Select(line => line!.GetValue<string>()));
        Assert.True(report["checked"]!["examples"]!.GetValue<int>() > 1_000);

        document.Operations.Single(operation => operation.Id == "CreateApiKey").Body!.Value.Media["example"] = new JsonObject { ["name"] = 5 };
        await File.WriteAllTextAsync(file, document.Root.ToJsonString());
        Assert.NotEmpty((await Conformance.ValidateAsync(file))["wrong"]!.AsArray());
    }

    [Fact]
    public async Task Every_operation_answers_its_example_as_it_says()
    {
        var document = await ApiDocument.FetchAsync(platform);
        var conformance = new Conformance(document);
        var tour = await Tour.BeginAsync(platform, _tenants, _organization, Address);
        foreach (var operation in document.Operations.Where(operation => !NotHere.ContainsKey(operation.Id)).OrderBy(Tour.TurnOf))
        {
            using var response = await tour.SendAsync(operation);
            await conformance.AddAsync(operation, response);
        }

        // Refusals, too: nobody, and somebody who may not.
        using var nobody = Tenants.CreateClient(platform.Url, Address);
        using var poor = Tenants.CreateClient(platform.Url, Address);
        poor.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _tenants.AddKeyAsync(_organization, "platform:read"));
        foreach (var operation in document.Operations.Where(operation => !operation.IsAnonymous))
        {
            foreach (var client in new[] { nobody, poor })
            {
                using var response = await WalkRequest.SendAsync(client, operation, "x");
                await conformance.AddAsync(operation, response);
            }
        }

        var wrong = await conformance.WrongAsync();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(60)));
        Assert.Empty(document.Operations.Select(operation => operation.Id).Except(conformance.Succeeded).Except(NotHere.Keys).Except(Tour.Refused.Keys));
    }
}
