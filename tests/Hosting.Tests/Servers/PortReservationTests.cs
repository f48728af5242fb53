using System.Net;
using System.Net.Sockets;
using Voice.Offline.Servers;

namespace Voice.Hosting.Tests.Servers;

public class PortReservationTests
{
    [Fact]
    public void A_server_can_listen_on_it_while_nobody_is_given_it()
    {
        using var reservation = new PortReservation();
        using var server = new TcpListener(IPAddress.Loopback, reservation.Port);
        server.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);

        server.Start();

        Assert.Throws<SocketException>(() =>
        {
            using var taker = new TcpListener(IPAddress.Loopback, reservation.Port);
            taker.ExclusiveAddressUse = true;
            taker.Start();
        });
    }

    [Fact]
    public void Many_are_all_different()
    {
        var reservations = Enumerable.Range(0, 500).Select(_ => new PortReservation()).ToList();

        Assert.Equal(500, reservations.Select(reservation => reservation.Port).Distinct().Count());
        reservations.ForEach(reservation => reservation.Dispose());
    }
}
