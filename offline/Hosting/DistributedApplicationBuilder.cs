using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Aspire.Hosting;

public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    public DistributedApplicationBuilder(string[] args)
        : this(args, ProjectFolder())
    {
    }

    internal DistributedApplicationBuilder(string[] args, string appHostDirectory)
    {
        AppHostDirectory = appHostDirectory;
        var environment = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development;
        Environment = new HostingEnvironment
        {
            ApplicationName = "AppHost",
            EnvironmentName = environment,
            ContentRootPath = appHostDirectory,
            ContentRootFileProvider = new NullFileProvider(),
        };
        Configuration.SetBasePath(appHostDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(args);
        // What azd and the Aspire CLI pass when they want a manifest or a deployment.
        var publishes = Configuration["operation"] is "publish" || Configuration["publisher"] is { Length: > 0 };
        ExecutionContext = new(publishes ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run);
        Options = RunOptions.From(Configuration, Path.GetDirectoryName(appHostDirectory) ?? appHostDirectory);
        Secrets = new Secrets(Options.DataDirectory);
    }

    public ConfigurationManager Configuration { get; } = new();

    public string AppHostDirectory { get; }

    public IHostEnvironment Environment { get; }

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal RunOptions Options { get; }

    internal Secrets Secrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    /// <summary>Sees a finished model instead of running it: a page of top-level statements has no other way out. For tests.</summary>
    internal static AsyncLocal<Action<IDistributedApplicationBuilder>?> BuildObserver { get; } = new();

    public DistributedApplication Build()
    {
        BuildObserver.Value?.Invoke(this);
        return new(this);
    }

    // The build writes it into the AppHost; see Projects.targets.
    private static string ProjectFolder() =>
        Path.GetDirectoryName(Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(metadata => metadata.Key == "apphostprojectpath")?.Value)
        ?? Directory.GetCurrentDirectory();
}
