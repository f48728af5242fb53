using System.Globalization;
using Azure.Provisioning;
using Azure.Provisioning.AppContainers;

namespace Voice.AppHost.Azure;

/// <summary>vLLM beside the inference worker: containers of a replica share a network, and nothing outside it reaches this port.</summary>
internal static class VllmSidecar
{
    public const string BaseUrl = "http://localhost:8000/v1";
    private const int Port = 8000;

    public static ContainerApp WithVllm(this ContainerApp app, ProvisioningParameter model)
    {
        app.WorkloadProfileName = AzureEnvironmentExtensions.GpuProfile;
        app.Template.Containers[0].Value!.Resources = new AppContainerResources { Cpu = 2, Memory = "8Gi" };

        // The first container of an app is the one that gets the GPU.
        app.Template.Containers.Insert(0, Container(model));
        return app;
    }

    private static ContainerAppContainer Container(ProvisioningParameter model) => new()
    {
        Name = "vllm",
        Image = "vllm/vllm-openai:v0.11.0",
        Args = ["--model", model, "--port", Port.ToString(CultureInfo.InvariantCulture), "--max-model-len", "8192"],
        Resources = new AppContainerResources { Cpu = 6, Memory = "48Gi" },
        Probes =
        [
            // Loading the model takes minutes; until then the replica gets no requests.
            new ContainerAppProbe
            {
                ProbeType = ContainerAppProbeType.Startup,
                HttpGet = new ContainerAppHttpRequestInfo { Path = "/health", Port = Port, Scheme = ContainerAppHttpScheme.Http },
                PeriodSeconds = 10,
                FailureThreshold = 60,
            },
        ],
    };
}
