namespace Voice.ServiceDefaults.Http.Outbound;

/// <summary>What can be told of an address before its name is looked up. <see cref="OutboundConnector"/> looks at the rest.</summary>
public static class OutboundAddress
{
    /// <exception cref="OutboundRefusedException">No request goes there.</exception>
    public static void Check(Uri address, OutboundOptions options)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && options.AllowHttp)))
        {
            throw new OutboundRefusedException("The address must begin with https://.");
        }

        // https://api.example@evil.example: what looks like the host is a user's name.
        if (address.UserInfo.Length > 0)
        {
            throw new OutboundRefusedException("The address must not hold a user's name.");
        }

        if (!options.AllowPrivateAddresses && address.Port != 443 && !(options.AllowHttp && address.Port == 80) && !options.Ports.Contains(address.Port))
        {
            throw new OutboundRefusedException($"Port {address.Port} is not allowed.");
        }
    }
}
