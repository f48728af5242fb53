namespace Voice.Inference.Tests;

[Collection(InferenceCollection.Name)]
public sealed class EndpointTests(InferenceService inference)
{
    private static readonly Dictionary<string, string> Internals = new()
    {
        ["/v1/realtime"] = "live transcription for the conversations of voice-api, which serves partners at this address",
    };

    [Fact]
    public void Every_endpoint_states_its_policy_and_is_in_the_document() => Assert.Empty(EndpointRules.Violations(inference.Services, Internals));
}
