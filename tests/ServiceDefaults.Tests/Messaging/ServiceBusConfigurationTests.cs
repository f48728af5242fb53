using Microsoft.Extensions.Hosting;
using Voice;
using Voice.ServiceDefaults.Messaging;
using Xunit;

namespace ServiceDefaults.Tests.Messaging;

public class ServiceBusConfigurationTests
{
    [Fact]
    public void A_configured_service_bus_stops_a_build_without_its_client_and_names_the_ways_out()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["ConnectionStrings:voicedb"] = "Host=127.0.0.1;Database=voicedb";
        builder.Configuration["ConnectionStrings:messaging"] = "https://example.servicebus.windows.net:443/";

        var error = Assert.Throws<NotSupportedException>(() => builder.AddSubscription(Subscriptions.Safety, "safety"));

        Assert.Contains("ConnectionStrings:messaging", error.Message);
        Assert.Contains("UseAspire=true", error.Message);
        Assert.Contains("PostgreSQL", error.Message);
        Assert.DoesNotContain("example.servicebus", error.Message);
    }
}
