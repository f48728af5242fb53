using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Running;

/// <param name="DataDirectory">Everything that a run writes.</param>
/// <param name="Port">Of the external endpoint; 0 is any free one, null leaves it to the launch profile.</param>
internal sealed record RunOptions(string DataDirectory, int? Port)
{
    /// <summary><c>--data DIR</c> or <c>VOICE_DATA</c> (else <c>.data</c> in the repository), <c>--port N</c> or <c>VOICE_PORT</c>.</summary>
    public static RunOptions From(IConfiguration configuration, string repository)
    {
        var data = configuration["data"] ?? configuration["VOICE_DATA"] ?? Path.Combine(repository, ".data");
        var port = configuration["port"] ?? configuration["VOICE_PORT"];
        if (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65535))
        {
            throw new DistributedApplicationException($"'{port}' is no port: give --port (or VOICE_PORT) a number from 0 (any free one) to 65535.");
        }

        return new(Path.GetFullPath(data), port is null ? null : int.Parse(port, CultureInfo.InvariantCulture));
    }
}
