using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

internal sealed record HttpHealthCheck(string? EndpointName, string Path, int StatusCode) : IResourceAnnotation;
