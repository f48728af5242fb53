namespace Aspire.Hosting.ApplicationModel;

public sealed class EndpointReference(IResourceWithEndpoints owner, string endpointName) : IExpressionValue
{
    public IResourceWithEndpoints Resource { get; } = owner;

    public string EndpointName { get; } = endpointName;

    public bool Exists => Endpoint is not null;

    public bool IsAllocated => Endpoint is { Port: not 0 };

    public string Scheme => Allocated.Scheme;

    public string Host => "localhost";

    public int Port => Allocated.Port;

    public string Url => Allocated.Url;

    string IManifestExpressionProvider.ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    internal Running.Endpoint Allocated => Endpoint is { Port: not 0 } endpoint
        ? endpoint
        : throw new DistributedApplicationException($"'{Resource.Name}' has no endpoint '{EndpointName}' in its launch profile, or it is not running yet.");

    private Running.Endpoint? Endpoint => Resource.Annotations.OfType<Running.Endpoint>().FirstOrDefault(endpoint => endpoint.Name == EndpointName);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);
}
