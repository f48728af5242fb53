using Azure.Provisioning.Primitives;
using static VoiceAspire.Offline.Surface.AppContainersSignature;

// Azure.Provisioning.AppContainers 1.2, as far as AppHost/Azure uses it.
namespace Azure.Provisioning.AppContainers;

public class ContainerAppManagedEnvironment : ProvisionableResource
{
    internal ContainerAppManagedEnvironment() => throw Missing();

    public BicepValue<bool> IsMtlsEnabled { get => throw Missing(); set => throw Missing(); }

    public BicepList<ContainerAppWorkloadProfile> WorkloadProfiles { get => throw Missing(); set => throw Missing(); }
}

public class ContainerAppWorkloadProfile : ProvisionableConstruct
{
    public ContainerAppWorkloadProfile() => throw Missing();

    public BicepValue<string> Name { get => throw Missing(); set => throw Missing(); }

    public BicepValue<string> WorkloadProfileType { get => throw Missing(); set => throw Missing(); }
}

public class ContainerApp : ProvisionableResource
{
    internal ContainerApp() => throw Missing();

    public ContainerAppTemplate Template { get => throw Missing(); set => throw Missing(); }

    public BicepValue<string> WorkloadProfileName { get => throw Missing(); set => throw Missing(); }
}

public class ContainerAppTemplate : ProvisionableConstruct
{
    public ContainerAppTemplate() => throw Missing();

    public BicepList<ContainerAppContainer> Containers { get => throw Missing(); set => throw Missing(); }

    public ContainerAppScale Scale { get => throw Missing(); set => throw Missing(); }

    public BicepValue<long> TerminationGracePeriodSeconds { get => throw Missing(); set => throw Missing(); }
}

public class ContainerAppContainer : ProvisionableConstruct
{
    public ContainerAppContainer() => throw Missing();

    public BicepList<string> Args { get => throw Missing(); set => throw Missing(); }
    public BicepList<string> Command { get => throw Missing(); set => throw Missing(); }

    public BicepValue<string> Image { get => throw Missing(); set => throw Missing(); }

    public BicepValue<string> Name { get => throw Missing(); set => throw Missing(); }

    public BicepList<ContainerAppProbe> Probes { get => throw Missing(); set => throw Missing(); }

    public AppContainerResources Resources { get => throw Missing(); set => throw Missing(); }
}

public class AppContainerResources : ProvisionableConstruct
{
    public AppContainerResources() => throw Missing();

    public BicepValue<double> Cpu { get => throw Missing(); set => throw Missing(); }

    public BicepValue<string> Memory { get => throw Missing(); set => throw Missing(); }
}

public class ContainerAppProbe : ProvisionableConstruct
{
    public ContainerAppProbe() => throw Missing();

    public BicepValue<int> FailureThreshold { get => throw Missing(); set => throw Missing(); }

    public ContainerAppHttpRequestInfo HttpGet { get => throw Missing(); set => throw Missing(); }

    public BicepValue<int> PeriodSeconds { get => throw Missing(); set => throw Missing(); }

    public BicepValue<ContainerAppProbeType> ProbeType { get => throw Missing(); set => throw Missing(); }
}

public enum ContainerAppProbeType
{
    Liveness = 0,
    Readiness = 1,
    Startup = 2,
}

public class ContainerAppHttpRequestInfo : ProvisionableConstruct
{
    public ContainerAppHttpRequestInfo() => throw Missing();

    public BicepValue<string> Path { get => throw Missing(); set => throw Missing(); }

    public BicepValue<int> Port { get => throw Missing(); set => throw Missing(); }

    public BicepValue<ContainerAppHttpScheme> Scheme { get => throw Missing(); set => throw Missing(); }
}

public enum ContainerAppHttpScheme
{
    Http = 0,
    Https = 1,
}

public class ContainerAppScale : ProvisionableConstruct
{
    public ContainerAppScale() => throw Missing();

    public BicepValue<int> CooldownPeriod { get => throw Missing(); set => throw Missing(); }

    public BicepValue<int> MaxReplicas { get => throw Missing(); set => throw Missing(); }

    public BicepValue<int> MinReplicas { get => throw Missing(); set => throw Missing(); }

    public BicepValue<int> PollingInterval { get => throw Missing(); set => throw Missing(); }

    public BicepList<ContainerAppScaleRule> Rules { get => throw Missing(); set => throw Missing(); }
}

public class ContainerAppScaleRule : ProvisionableConstruct
{
    public ContainerAppScaleRule() => throw Missing();

    public ContainerAppCustomScaleRule Custom { get => throw Missing(); set => throw Missing(); }

    public ContainerAppHttpScaleRule Http { get => throw Missing(); set => throw Missing(); }

    public BicepValue<string> Name { get => throw Missing(); set => throw Missing(); }
}

public class ContainerAppCustomScaleRule : ProvisionableConstruct
{
    public ContainerAppCustomScaleRule() => throw Missing();

    public BicepValue<string> CustomScaleRuleType { get => throw Missing(); set => throw Missing(); }

    public BicepValue<string> Identity { get => throw Missing(); set => throw Missing(); }

    public BicepDictionary<string> Metadata { get => throw Missing(); set => throw Missing(); }
}

public class ContainerAppHttpScaleRule : ProvisionableConstruct
{
    public ContainerAppHttpScaleRule() => throw Missing();

    public BicepDictionary<string> Metadata { get => throw Missing(); set => throw Missing(); }
}
