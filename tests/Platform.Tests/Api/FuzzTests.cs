using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace Platform.Tests.Api;

/// <summary>
/// Hostile requests to every operation of the document, through the gateway, to the real services: never a 5xx, and every refusal in the
/// form that is promised. A failure names its seed.
/// </summary>
[Collection(PlatformCollection.Name)]
public sealed class FuzzTests(PlatformFixture platform, ITestOutputHelper output) : IAsyncLifetime
{
    private const int MostAttempts = 5;
    private const int AtOnce = 8;

    /// <summary>As a person these would end the session that the others need; a key is refused there like everywhere.</summary>
    private static readonly HashSet<string> EndsTheSession = ["SignOut", "RevokeSignIn", "RevokeSignIns", "LeaveOrganization", "SwitchOrganization", "ChangePassword", "CreateOrganization"];

    private readonly Tenants _tenants = new(platform);
    private readonly string _organization = Tenants.NewOrganizationId();

    public Task InitializeAsync() => _tenants.AddOrganizationAsync(_organization);

    public async Task DisposeAsync() => await _tenants.DisposeAsync();

    [Fact]
    public async Task No_request_makes_the_platform_fail()
    {
        var document = await ApiDocument.FetchAsync(platform);
        var conformance = new Conformance(document);
        var addresses = Enumerable.Range(40, 4).Select(last => IPAddress.Parse($"127.0.0.{last}")).ToArray();
        using var user = await _tenants.SignInAsync((await _tenants.AddUserAsync(_organization, "owner")).Email, addresses[0]);
        using var key = Tenants.CreateClient(platform.Url, addresses[1]);
        key.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _tenants.AddKeyAsync(_organization));
        using var nobody = Tenants.CreateClient(platform.Url, addresses[2]);

        var cases =
            from operation in document.Operations
            from number in Enumerable.Range(0, Fuzzing.Cases)
            let client = operation.IsAnonymous ? nobody : number % 2 == 0 && !EndsTheSession.Contains(operation.Id) ? user : key
            select (operation, client, seed: HashCode(operation) + number);
        var turnedAway = 0;
        var (failures, statuses) = (new ConcurrentBag<string>(), new ConcurrentDictionary<int, int>());
        await Parallel.ForEachAsync(cases.ToList(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, cancellationToken) =>
        {
            var fuzz = new FuzzRequest(one.operation, one.seed);
            using var response = await SendAsync(one.client, fuzz, cancellationToken);
            statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
            if (response.StatusCode == HttpStatusCode.Unauthorized && !one.operation.IsAnonymous)
            {
                Interlocked.Increment(ref turnedAway);
            }

            await conformance.AddAsync(one.operation, response);
            if (await WrongAsync(one.operation, response) is { } wrong)
            {
                failures.Add($"{fuzz}\n  {wrong}");
            }
        });

        output.WriteLine($"{statuses.Values.Sum()} requests: {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key} x {status.Value}"))}");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {statuses.Values.Sum()}:\n{string.Join("\n", failures.Take(25))}");
        // Every one of these answers is also one that the document describes.
        var untrue = await conformance.WrongAsync();
        Assert.True(untrue.Count == 0, $"{untrue.Count} are not as the document says:\n{string.Join('\n', untrue.Take(60))}");
        Assert.True(statuses.Values.Sum() > 2_000);
        // Where all were turned away at the door, nothing was tested.
        Assert.True(statuses.GetValueOrDefault(200) > 100 && turnedAway < 100 && statuses.GetValueOrDefault(429) < statuses.Values.Sum() / 5, $"most requests did not get in: {turnedAway} had no credential any more");
    }

    /// <summary>
    /// Again where the server closed the connection that it came on: it may, after a body that it refused to read, and several may have gone that
    /// way. Not with a connection that ends with the request: its end would overtake such a refusal.
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(HttpClient client, FuzzRequest fuzz, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = fuzz.Build(platform.Url);
                return await client.SendAsync(request, cancellationToken).OrTimeout(TimeSpan.FromSeconds(60));
            }
            catch (HttpRequestException) when (attempt < MostAttempts)
            {
            }
            catch (HttpRequestException exception)
            {
                throw new InvalidOperationException($"No answer to {fuzz}", exception);
            }
        }
    }

    private static async Task<string?> WrongAsync(ApiOperation operation, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync();
        if (status >= 500)
        {
            return $"{status} {body}";
        }


        if (status < 400 || body.Length == 0)
        {
            return null;
        }

        try
        {
            var error = JsonDocument.Parse(body).RootElement;
            error = operation.Path.StartsWith("/v1", StringComparison.Ordinal) && error.TryGetProperty("error", out var inner) ? inner : error;
            return error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String ? null : $"{status} without a code: {body}";
        }
        catch (JsonException)
        {
            return $"{status} is not JSON: {body}";
        }
    }

    /// <summary>The same in every run.</summary>
    private static int HashCode(ApiOperation operation) => Encoding.UTF8.GetBytes(operation.Id).Aggregate(Fuzzing.Seed, (hash, b) => unchecked((hash * 31) + b));
}
