using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Http;

public sealed class EndpointTests(VoiceApi api) : IClassFixture<VoiceApi>
{
    [Fact]
    public void Every_endpoint_states_its_policy_and_is_in_the_document() => Assert.Empty(EndpointRules.Violations(api.Services));
}
