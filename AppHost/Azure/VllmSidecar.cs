using Azure.Provisioning;
using Azure.Provisioning.AppContainers;

namespace Voice.AppHost.Azure;

/// <summary>
/// vLLM beside the inference worker, once for chat and once for Whisper: containers of a replica share a network, and nothing outside it reaches
/// these ports. Only one container of a replica gets the GPU, so both run in it; where one ends the container does, and is started again.
/// </summary>
internal static class VllmSidecar
{
    public const string ChatUrl = "http://localhost:8000/v1";
    public const string WhisperUrl = "http://localhost:8001/v1";
    private const int Port = 8000;

    // The names of the models come as arguments, not in the text that the shell reads. Whisper is started when chat has taken its share of the memory:
    // both look at what is free when they begin.
    private const string Serve = """
        vllm serve "$0" --port 8000 --max-model-len 8192 --gpu-memory-utilization 0.70 & chat=$!
        until curl -fs http://localhost:8000/health; do kill -0 $chat || exit 1; sleep 2; done
        vllm serve "$1" --port 8001 --gpu-memory-utilization 0.20 &
        wait -n
        exit 1
        """;

    public static ContainerApp WithVllm(this ContainerApp app, ProvisioningParameter model, ProvisioningParameter whisper)
    {
        app.WorkloadProfileName = AzureEnvironmentExtensions.GpuProfile;
        app.Template.Containers[0].Value!.Resources = new AppContainerResources { Cpu = 2, Memory = "8Gi" };

        // The first container of an app is the one that gets the GPU.
        app.Template.Containers.Insert(0, Container(model, whisper));
        return app;
    }

    private static ContainerAppContainer Container(ProvisioningParameter model, ProvisioningParameter whisper) => new()
    {
        Name = "vllm",
        Image = "vllm/vllm-openai:v0.11.0",
        Command = ["/bin/bash", "-c", Serve],
        Args = [model, whisper],
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
