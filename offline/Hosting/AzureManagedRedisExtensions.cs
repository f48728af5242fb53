using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

public static class AzureManagedRedisExtensions
{
    public static IResourceBuilder<AzureManagedRedisResource> AddAzureManagedRedis(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new AzureManagedRedisResource(name));

    public static IResourceBuilder<AzureManagedRedisResource> RunAsContainer(
        this IResourceBuilder<AzureManagedRedisResource> builder, Action<IResourceBuilder<RedisResource>>? configureContainer = null)
    {
        builder.WithAnnotation(new RunsHere());
        configureContainer?.Invoke(builder.ApplicationBuilder.CreateResourceBuilder(new RedisResource(builder.Resource)));
        return builder;
    }
}
