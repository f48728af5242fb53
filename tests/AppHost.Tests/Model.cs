using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Voice.AppHost.Tests;

internal static class Model
{
    /// <summary>The resources of AppHost.cs: runs the page up to the line where it would start them.</summary>
    public static IReadOnlyList<IResource> Read(params string[] args)
    {
        IReadOnlyList<IResource>? resources = null;
        DistributedApplicationBuilder.BuildObserver.Value = builder =>
        {
            resources = [.. builder.Resources];
            throw new BuiltException();
        };
        try
        {
            var error = Assert.Throws<TargetInvocationException>(() => Assembly.Load("AppHost").EntryPoint!.Invoke(null, [args]));
            Assert.IsType<BuiltException>(error.InnerException);
            return resources!;
        }
        finally
        {
            DistributedApplicationBuilder.BuildObserver.Value = null;
        }
    }

    public static IEnumerable<ProjectResource> Services(this IEnumerable<IResource> resources) => resources.OfType<ProjectResource>();

    private sealed class BuiltException : Exception;
}
