namespace Gateway.Tests;

public sealed class EndpointTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Forwarded = "passes on to services, whose endpoints are described one by one";
    private const string Page = "a page for people";
    private const string Figures = "for whoever runs the platform";

    private static readonly Dictionary<string, string> Internals = new()
    {
        ["/api/{**rest}"] = "says that there is no such address",
        ["/v1/{**rest}"] = "says that there is no such address",
        ["/.well-known/openid-configuration"] = "found by libraries, by its standard's own address",
        ["/api/v1/auth/openid/{provider}/start"] = "for browsers, from the sign-in page to a provider",
        ["/api/v1/auth/openid/{provider}/callback"] = "for browsers, back from a provider",
        ["/api/v1/auth/openid/link"] = "for browsers, of the page that links a provider",
        ["/api/v1/agents/{**rest}"] = Forwarded,
        ["/api/v1/sessions/{**rest}"] = Forwarded,
        ["/v1/audio/{**rest}"] = Forwarded,
        ["/v1/models/{**rest}"] = Forwarded,
        ["/api/v1/uploads/{**rest}"] = Forwarded,
        ["/api/v1/transcription-jobs/{**rest}"] = Forwarded,
        ["/api/v1/pipelines/{**rest}"] = Forwarded,
        ["/api/v1/pipeline-runs/{**rest}"] = Forwarded,
        ["/api/v1/pipeline-bulk-runs/{**rest}"] = Forwarded,
        ["/api/v1/pipeline-files/{**rest}"] = Forwarded,
        ["/api/v1/providers/{**rest}"] = Forwarded,
        ["/api/v1/voices/{**rest}"] = Forwarded,
        ["/{**rest}"] = Page,
        ["/sign-in"] = Page,
        ["/sign-in/code"] = Page,
        ["/sign-in/link"] = Page,
        ["/sign-up"] = Page,
        ["/sign-up/verify"] = Page,
        ["/forgot-password"] = Page,
        ["/reset-password"] = Page,
        ["/invitation"] = Page,
        ["/docs/{**rest}"] = Page,
        ["/ui/{**rest}"] = "what pages are made of",
        ["/favicon.svg"] = "what pages are made of",
        ["/metrics/voice-api"] = Figures,
        ["/metrics/inference-worker"] = Figures,
        ["/metrics/safety-worker"] = Figures,
        ["/metrics/export-worker"] = Figures,
        ["/metrics/web"] = Figures,
    };

    [Fact]
    public void Every_endpoint_states_its_policy_and_is_in_the_document() => Assert.Empty(EndpointRules.Violations(gateway.Provider, Internals));
}
