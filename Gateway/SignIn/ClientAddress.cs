using System.Net;
using System.Net.Sockets;

namespace Voice.Gateway.SignIn;

internal static class ClientAddress
{
    /// <summary>For counting: an IPv6 customer has a whole /64 of addresses; they count as one.</summary>
    public static string Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork
            ? address.MapToIPv4().ToString()
            : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
