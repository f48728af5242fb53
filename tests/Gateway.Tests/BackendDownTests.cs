using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Voice.Gateway.Routing;

namespace Gateway.Tests;

public sealed class BackendDownTests : IAsyncLifetime
{
    private TestDatabase? _database;
    private ServiceFactory<Program>? _factory;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _factory = GatewayHost.CreateFactory(_database, RouteTable.Services.ToDictionary(s => s, _ => "http://127.0.0.1:9"), TimeProvider.System);
        _factory.StartServer();
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/realtime")]
    [InlineData("/api/v1/sessions")]
    public async Task A_service_that_is_down_is_a_502_in_the_form_of_its_api_never_a_page(string path)
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("Accept", "text/html, */*");
        using var response = await client.GetAsync(path);
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadGateway, "service_unavailable");
    }

    [Fact]
    public async Task A_person_gets_a_page_that_needs_nothing_else()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await client.GetAsync("/talk?<script>");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var page = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", page, StringComparison.Ordinal);
        Assert.Contains("style-src 'sha256-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_hangs_up_half_way_is_an_error_and_not_half_an_answer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var database = await TestDatabase.CreateAsync();
        var address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var factory = GatewayHost.CreateFactory(database, RouteTable.Services.ToDictionary(s => s, _ => address), TimeProvider.System);
        factory.StartServer();
        using var client = Client(factory);

        var request = client.GetAsync("/v1/models");
        var hangingUp = HangUpAsync(listener);
        using var response = await request.OrTimeout();
        listener.Stop();
        await hangingUp.OrTimeout();
        await HttpAssert.IsErrorAsync(response, HttpStatusCode.BadGateway, "service_unavailable");
    }

    private static async Task HangUpAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                // The proxy's client asks again on a new connection before it gives up.
                using var connection = await listener.AcceptTcpClientAsync();
                await connection.GetStream().ReadAtLeastAsync(new byte[1024], 10);
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    public async Task DisposeAsync()
    {
        await _factory!.DisposeAsync();
        await _database!.DisposeAsync();
    }

    private HttpClient Client(ServiceFactory<Program>? factory = null)
    {
        var client = new HttpClient { BaseAddress = (factory ?? _factory)!.ClientOptions.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", GatewayHost.ApiKey);
        return client;
    }
}
