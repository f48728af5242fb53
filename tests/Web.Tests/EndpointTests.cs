namespace Web.Tests;

public sealed class EndpointTests(WebHost web) : IClassFixture<WebHost>
{
    /// <summary>Pages and what they are made of are in nobody's API: here only the policy is asked for.</summary>
    [Fact]
    public void Every_endpoint_states_its_policy() => Assert.DoesNotContain(EndpointRules.Violations(web.Services), violation =>
        !violation.Contains("not in docs/openapi.json", StringComparison.Ordinal)
        // The framework's own, for files that are not there: closed to everybody, by the fallback policy.
        && !violation.StartsWith("Fallback {**path:file}", StringComparison.Ordinal));
}
