using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Voice.AppHost.Tests;

public class ModelTests
{
    private static readonly IReadOnlyList<IResource> Resources = Model.Read();

    [Fact]
    public void The_page_names_every_service_and_every_backing_service()
    {
        Assert.Equal(
            ["export-worker", "gateway", "inference-worker", "safety-worker", "voice-api", "web"],
            Resources.Services().Select(service => service.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["blobs", "cache", "voicedb"],
            Resources.OfType<IResourceWithConnectionString>().Select(resource => resource.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_service_with_an_endpoint_has_a_health_check()
    {
        var missing = Resources.Services()
            .Where(service => service.Annotations.OfType<Endpoint>().Any())
            .Where(service => service.Annotations.OfType<HttpHealthCheck>().All(check => check.Path != "/health"))
            .Select(service => service.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_service_waits_for_what_it_references()
    {
        var edges = from service in Resources.Services()
                    from reference in service.Annotations.OfType<ResourceRelationshipAnnotation>()
                    where reference.Type == "Reference"
                    select (From: service, To: reference.Resource);

        Assert.NotEmpty(edges);
        Assert.Empty(edges
            .Where(edge => edge.From.Annotations.OfType<WaitAnnotation>().All(wait => wait.Resource != edge.To))
            .Select(edge => $"{edge.From.Name} -> {edge.To.Name}"));
    }

    [Fact]
    public void Only_the_gateway_is_reached_from_outside()
    {
        var external = Resources.Services().Where(service => service.Annotations.OfType<Endpoint>().Any(endpoint => endpoint.IsExternal));

        Assert.Equal(["gateway"], external.Select(service => service.Name));
    }

    [Fact]
    public void A_model_service_is_referenced_only_where_its_connection_string_is_given()
    {
        Assert.DoesNotContain(Resources, resource => resource.Name == "openai");

        var configured = Model.Read("--ConnectionStrings:openai", "Endpoint=http://127.0.0.1:9/v1");

        var inference = configured.Services().Single(service => service.Name == "inference-worker");
        Assert.Contains(inference.Annotations.OfType<ResourceRelationshipAnnotation>(), reference => reference.Resource.Name == "openai");
    }

    [Fact]
    public void Nothing_of_Azure_only_is_in_the_model_of_one_machine()
    {
        Assert.DoesNotContain(Resources, resource => resource.GetType().Assembly.GetName().Name == "VoiceAspire.Offline.Surface.Hosting");
    }
}
