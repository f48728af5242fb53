using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Platform.Tests.Api;

/// <summary>Every operation that takes a scope takes that one, and no other: by keys that have all but it, and by keys that have it alone.</summary>
[Collection(PlatformCollection.Name)]
public sealed class ScopeWalkTests(PlatformFixture platform) : IAsyncLifetime
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.32");

    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();
    private ILookup<string, ApiOperation> _byScope = null!;

    public async Task InitializeAsync()
    {
        var document = await ApiDocument.FetchAsync(platform);
        await _tenants.AddOrganizationAsync(_organization);
        Assert.DoesNotContain(document.Operations, operation => !operation.IsAnonymous && operation.Scopes.Count > 1);
        _byScope = document.Operations.Where(operation => operation is { IsAnonymous: false, TakesKeys: true, Scopes.Count: 1 }).ToLookup(operation => operation.Scopes[0]);
        Assert.True(_byScope.Count > 8);
    }

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task A_key_with_every_scope_but_the_one_is_refused_and_told_which()
    {
        List<string> wrong = [];
        foreach (var operations in _byScope)
        {
            using var client = await WithKeyAsync([.. _byScope.Select(group => group.Key).Where(scope => scope != operations.Key)]);
            foreach (var operation in operations)
            {
                using var response = await WalkRequest.SendAsync(client, operation, "x");
                var body = await response.Content.ReadAsStringAsync();
                if (response.StatusCode != HttpStatusCode.Forbidden || CodeOf(body) != "insufficient_scope" || !response.Headers.WwwAuthenticate.ToString().Contains($"scope=\"{operations.Key}\"", StringComparison.Ordinal))
                {
                    wrong.Add($"{operation} without {operations.Key}: {(int)response.StatusCode} {body} {response.Headers.WwwAuthenticate}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_key_with_only_the_one_scope_gets_in()
    {
        List<string> wrong = [];
        foreach (var operations in _byScope)
        {
            using var client = await WithKeyAsync([operations.Key]);
            foreach (var operation in operations)
            {
                using var response = await WalkRequest.SendAsync(client, operation, "x");
                if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or >= HttpStatusCode.InternalServerError)
                {
                    wrong.Add($"{operation} with {operations.Key}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private async Task<HttpClient> WithKeyAsync(string[] scopes)
    {
        var client = Tenants.CreateClient(platform.Url, Address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _tenants.AddKeyAsync(_organization, scopes));
        return client;
    }

    private static string? CodeOf(string body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        return (root.TryGetProperty("error", out var error) ? error : root).GetProperty("code").GetString();
    }
}
