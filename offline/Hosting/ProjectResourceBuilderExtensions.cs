using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Endpoints and environment come from the first profile in the project's <c>Properties/launchSettings.json</c>.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var metadata = new TProject();
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata>(metadata);
        var profile = LaunchProfile.Read(metadata.ProjectPath);
        foreach (var url in profile.Urls)
        {
            project.WithAnnotation(new Endpoint(url.Scheme, url.Port));
        }

        if (builder.ExecutionContext.IsRunMode)
        {
            foreach (var (key, value) in profile.Environment)
            {
                project.WithEnvironment(key, value);
            }
        }

        return project;
    }

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        replicas == 1 || builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder
            : throw new DistributedApplicationException("The offline build runs one process of each project.");
}
