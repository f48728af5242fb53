using Microsoft.Extensions.Configuration;

namespace Voice.ServiceDefaults;

public static class ServiceUriConfigurationExtensions
{
    /// <summary>Where the app model put a service: <c>services:&lt;name&gt;:https:0</c>, else <c>…:http:0</c>.</summary>
    public static Uri GetServiceUri(this IConfiguration configuration, string serviceName)
    {
        var service = configuration.GetSection($"services:{serviceName}");
        var value = service["https:0"] ?? service["http:0"];
        if (string.IsNullOrWhiteSpace(value))
        {
            throw new InvalidOperationException(
                $"The address of the service '{serviceName}' is not configured: set services__{serviceName}__http__0 "
                + "(the app model does, where the service is referenced).");
        }

        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? uri
            : throw new InvalidOperationException($"services__{serviceName}__http__0 is not an absolute http(s) address.");
    }
}
