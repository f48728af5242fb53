using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Http2;

/// <summary>A gateway that also listens for HTTP/2, in the clear and over TLS.</summary>
public sealed class Http2Gateway : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = CreateCertificate();

    public GatewayHost Host { get; } = new();

    /// <summary>HTTP/2 alone, for clients that know (a proxy in front).</summary>
    public Uri Clear { get; private set; } = null!;

    /// <summary>HTTP/1.1 or HTTP/2, as a client and the server agree on.</summary>
    public Uri Tls { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host.Server = server =>
        {
            server.Listen(IPAddress.Loopback, 0);
            server.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            server.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(_certificate));
        };
        Host.Settings["Limits:ConcurrentSessions"] = "2";
        await Host.InitializeAsync();
        var addresses = Host.Provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        // In the order in which they were asked for.
        Assert.Equal(["http", "http", "https"], addresses.Select(address => address.Scheme));
        (Host.Url, Clear, Tls) = (addresses[0], addresses[1], addresses[2]);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        _certificate.Dispose();
    }

    public HttpClient Client(Uri address)
    {
        var client = new HttpClient(Handler()) { BaseAddress = address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {GatewayHost.ApiKey}");
        return client;
    }

    public static SocketsHttpHandler Handler() => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    };

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // With a key that TLS can use on every platform.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
