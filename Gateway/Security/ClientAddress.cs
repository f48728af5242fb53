using System.Net;
using System.Net.Sockets;

namespace Voice.Gateway.Security;

/// <summary>Where a request comes from, as limits count it.</summary>
internal static class ClientAddress
{
    /// <summary>An IPv6 customer has a whole /64 of addresses; they count as one.</summary>
    public static string Group(HttpContext context)
    {
        // What a proxy that is not trusted says about it is not looked at: nobody escapes a limit by a header.
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString()
            : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
