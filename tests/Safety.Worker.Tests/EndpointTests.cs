namespace Voice.Safety.Tests;

public sealed class EndpointTests
{
    [Fact]
    public async Task Every_endpoint_states_its_policy_and_is_in_the_document()
    {
        await using var service = await SafetyService.StartAsync();
        Assert.Empty(EndpointRules.Violations(service.Services));
    }
}
