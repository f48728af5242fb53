using Aspire.Hosting.ApplicationModel;
using Voice.Offline.Servers;

namespace Aspire.Hosting.Running;

internal sealed class ProjectRunnable(ProjectResource project, DistributedApplicationExecutionContext execution, Action<string> onLine) : IRunnable
{
    private static readonly HttpClient Health = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };

    private readonly List<Endpoint> _endpoints = [.. project.Annotations.OfType<Endpoint>()];
    private readonly IProjectMetadata _metadata = project.Annotations.OfType<IProjectMetadata>().Single();

    public string Name => project.Name;

    public string? Url => _endpoints.FirstOrDefault()?.Url;

    public async Task<RunningProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            FileName = Executables.Require("dotnet", "dotnet-sdk-10.0"),
            Arguments = [Binary()],
            // As under Aspire: the content root of a web project is its own folder.
            WorkingDirectory = Path.GetDirectoryName(_metadata.ProjectPath)!,
            Environment = await EnvironmentAsync(cancellationToken),
            OnLine = onLine,
        }, cancellationToken);
        return new RunningProcess(process.Id, process.Exited, () => process.Tail, grace => process.StopAsync(UnixSignal.Terminate, grace));
    }

    public async Task WaitUntilHealthyAsync(Action<string> onUnhealthy, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromMilliseconds(50);
        foreach (var check in project.Annotations.OfType<HttpHealthCheck>())
        {
            var address = new Uri(new Uri(Endpoint(check.EndpointName).Url), check.Path);
            while (await AnswerAsync(address, check.StatusCode, cancellationToken) is { } answer)
            {
                onUnhealthy($"{address} {answer}");
                await Task.Delay(patience, TimeProvider.System, cancellationToken);
                patience = patience < TimeSpan.FromSeconds(1) ? patience * 1.2 : patience;
            }
        }
    }

    /// <summary>The configuration that Aspire gives a project, under the same names.</summary>
    public async Task<Dictionary<string, string?>> EnvironmentAsync(CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(execution, project, new Dictionary<string, object>
        {
            ["OTEL_SERVICE_NAME"] = Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={Guid.CreateVersion7():n}",
            ["ASPNETCORE_URLS"] = string.Join(';', _endpoints.Select(endpoint => endpoint.Url)),
            // Six services compile their start-up code at once here; without instrumenting it that takes a third less of two cores.
            ["DOTNET_TieredPGO"] = Environment.GetEnvironmentVariable("DOTNET_TieredPGO") ?? "0",
        }, cancellationToken);
        foreach (var annotation in project.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        var environment = new Dictionary<string, string?>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            environment[name] = value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : value.ToString();
        }

        return environment;
    }

    /// <summary>Null when healthy, else what was answered instead.</summary>
    private static async Task<string?> AnswerAsync(Uri address, int expected, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Health.GetAsync(address, cancellationToken);
            return (int)response.StatusCode == expected
                ? null
                : $"answers {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "does not answer";
        }
    }

    private Endpoint Endpoint(string? name) => _endpoints.FirstOrDefault(endpoint => name is null || endpoint.Name == name)
        ?? throw new DistributedApplicationException($"'{Name}' has a health check but no endpoint: its launch profile needs an applicationUrl.");

    // Built beside the runner, so in the same configuration and for the same framework.
    private string Binary()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var binary = Path.Combine(
            Path.GetDirectoryName(_metadata.ProjectPath)!, "bin", folder.Parent!.Name, folder.Name, Path.GetFileNameWithoutExtension(_metadata.ProjectPath) + ".dll");
        return File.Exists(binary) ? binary : throw new DistributedApplicationException($"'{Name}' is not built: there is no {binary}.");
    }
}
