using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>From configuration, <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(
            name,
            _ => builder.Configuration[$"Parameters:{name}"] ?? throw new DistributedApplicationException($"Set the parameter '{name}': Parameters__{name}=..."),
            secret));

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => value, secret));

    /// <summary>From configuration, or else the default; <paramref name="persist"/> keeps the default from the first run on.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        var parameter = new ParameterResource(
            name,
            fallback => builder.Configuration[$"Parameters:{name}"]
                ?? (persist ? ((DistributedApplicationBuilder)builder).Secrets.GetOrAdd(name, fallback!.GetDefaultValue) : fallback!.GetDefaultValue()),
            secret)
        {
            Default = value,
        };
        return builder.AddResource(parameter);
    }

    /// <summary>A service that somebody else runs, from configuration: <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConfiguredConnection(name, environmentVariableName, builder.Configuration));
}
