using System.ComponentModel.DataAnnotations;

namespace Voice.ServiceDefaults.Http.Outbound;

/// <summary>Where requests to addresses that somebody outside gave us may go. Base of the options of each feature that makes such requests.</summary>
public class OutboundOptions
{
    /// <summary>Plain http too. For a developer's machine.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Addresses that are not public too, which is what a server behind a firewall must not do for strangers. For a developer's machine.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>443 always. A list of others: <c>Tools:Ports:0 = 8443</c>; ignored with <see cref="AllowPrivateAddresses"/>.</summary>
    public List<int> Ports { get; set; } = [];

    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
