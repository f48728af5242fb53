using System.Net;
using System.Net.Sockets;

namespace Voice.ServiceDefaults.Http.Outbound;

/// <summary>
/// Opens every connection to an address that somebody outside gave us (an agent's tool, a webhook, a step of a pipeline). The name is looked up here and the address connected to is the one that was checked, so a name
/// that answers differently the second time (DNS rebinding) gains nothing.
/// </summary>
public class OutboundConnector(OutboundOptions options)
{
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host.TrimEnd('.'), out var literal) ? [literal] : await ResolveAsync(target.Host, cancellationToken);
        var allowed = options.AllowPrivateAddresses ? addresses : Array.FindAll(addresses, PublicAddress.Is);
        if (allowed.Length == 0)
        {
            throw new OutboundRefusedException("The address is not a public one.");
        }

        SocketException? failure = null;
        foreach (var address in allowed)
        {
            try
            {
                return await OpenAsync(new IPEndPoint(address, target.Port), cancellationToken);
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
        }

        throw failure!;
    }

    protected virtual async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            throw new OutboundRefusedException("The host's name does not exist.");
        }
    }

    protected virtual async ValueTask<Stream> OpenAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
