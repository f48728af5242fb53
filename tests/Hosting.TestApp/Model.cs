using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Voice.Hosting.TestApp;

/// <summary>Two services, the second public and after the first; with <c>--servers true</c> also PostgreSQL, Redis and Azurite.</summary>
internal static class Model
{
    public static DistributedApplication Build(string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        var secret = builder.AddParameter("admin-password", new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);
        var first = AddService(builder, "first").WithEnvironment("BEHAVIOUR", builder.Configuration["first"]);
        var second = AddService(builder, "second-one").WithEnvironment("BEHAVIOUR", builder.Configuration["second"])
            .WithReference(first).WaitFor(first)
            .WithEnvironment("Secret", secret)
            .WithExternalHttpEndpoints();
        if (builder.Configuration["servers"] == "true")
        {
            var database = builder.AddAzurePostgresFlexibleServer("postgres").RunAsContainer(c => c.WithDataVolume()).AddDatabase("voicedb");
            var cache = builder.AddAzureManagedRedis("cache").RunAsContainer();
            var blobs = builder.AddAzureStorage("storage").RunAsEmulator(e => e.WithDataVolume()).AddBlobs("blobs");
            second.WithReference(database).WaitFor(database).WithReference(cache).WaitFor(cache).WithReference(blobs).WaitFor(blobs);
        }

        return builder.Build();
    }

    private static IResourceBuilder<ProjectResource> AddService(IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<Self>(name).WithEnvironment("TEST_ROLE", "service").WithHttpHealthCheck("/health");

    private sealed class Self : IProjectMetadata
    {
        public string ProjectPath =>
            typeof(Self).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "apphostprojectpath").Value!;
    }
}
