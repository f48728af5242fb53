using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Azure;

public sealed class BicepOutputReference(string name, AzureBicepResource resource) : IExpressionValue
{
    public string Name { get; } = name;

    public AzureBicepResource Resource { get; } = resource;

    public string ValueExpression => $"{{{Resource.Name}.outputs.{Name}}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        throw new DistributedApplicationException($"'{Resource.Name}' has outputs only in Azure.");
}
