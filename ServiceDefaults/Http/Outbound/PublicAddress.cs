using System.Net;
using System.Net.Sockets;

namespace Voice.ServiceDefaults.Http.Outbound;

/// <summary>
/// Whether an address is one that anybody on the internet could reach by themselves. Everything else is a door that only our network
/// opens: neighbours, ourselves, and the metadata services of clouds, which hand out credentials.
/// </summary>
public static class PublicAddress
{
    // IANA's special-purpose registries.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's host agent, though the address looks public.
            "168.63.129.16/32",
            // Teredo and other protocol assignments, documentation, 6to4: the last holds any IPv4 address.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(IPNetwork.Parse),
    ];

    // All that is assigned for the public. Loopback, link-local, unique-local, multicast, NAT64 (64:ff9b::/96) and the rest lie outside.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        // ::ffff:127.0.0.1 is 127.0.0.1 to the kernel.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain)) && !Array.Exists(NotPublic, network => network.Contains(plain));
    }
}
