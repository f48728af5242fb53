namespace Voice.Inference.Tests.Jobs;

public sealed class JobEndpointTests(JobsService service) : IClassFixture<JobsService>
{
    private const string Tus = "tus 1.0.0 is described by its own specification";

    private static readonly Dictionary<string, string> Internals = new()
    {
        ["/v1/realtime"] = "live transcription for the conversations of voice-api, which serves partners at this address",
        ["OPTIONS /api/v1/uploads"] = Tus,
        ["POST /api/v1/uploads"] = Tus,
        ["PATCH /api/v1/uploads/{id}"] = Tus,
        ["POST /api/v1/uploads/{id}"] = Tus,
    };

    [Fact]
    public void Every_endpoint_states_its_policy_and_is_in_the_document() => Assert.Empty(EndpointRules.Violations(service.Factory.Services, Internals));
}
