using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

public static class AzurePostgresExtensions
{
    public static IResourceBuilder<AzurePostgresFlexibleServerResource> AddAzurePostgresFlexibleServer(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new AzurePostgresFlexibleServerResource(name));

    public static IResourceBuilder<AzurePostgresFlexibleServerResource> RunAsContainer(
        this IResourceBuilder<AzurePostgresFlexibleServerResource> builder, Action<IResourceBuilder<PostgresServerResource>>? configureContainer = null)
    {
        builder.WithAnnotation(new RunsHere());
        configureContainer?.Invoke(builder.ApplicationBuilder.CreateResourceBuilder(new PostgresServerResource(builder.Resource)));
        return builder;
    }

    public static IResourceBuilder<AzurePostgresFlexibleServerDatabaseResource> AddDatabase(
        this IResourceBuilder<AzurePostgresFlexibleServerResource> builder, string name, string? databaseName = null)
    {
        var database = new AzurePostgresFlexibleServerDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.Add(database);
        return builder.ApplicationBuilder.AddResource(database);
    }
}
