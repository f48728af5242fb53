using Azure.Provisioning.Primitives;
using static VoiceAspire.Offline.Surface.ProvisioningSignature;

// The constructs of Azure.Provisioning 1.5, as far as AppHost/Azure uses them.
namespace Azure.Provisioning
{
    public class Infrastructure : Provisionable
    {
        internal Infrastructure() => throw Missing();

        public override IEnumerable<Provisionable> GetProvisionableResources() => throw Missing();
    }

    public class ProvisioningVariable : NamedProvisionableConstruct
    {
        internal ProvisioningVariable() => throw Missing();
    }

    public class ProvisioningParameter : ProvisioningVariable
    {
        internal ProvisioningParameter() => throw Missing();
    }
}

namespace Azure.Provisioning.Primitives
{
    public abstract class Provisionable
    {
        internal Provisionable() => throw Missing();

        public virtual IEnumerable<Provisionable> GetProvisionableResources() => throw Missing();
    }

    public abstract class ProvisionableConstruct : Provisionable, IBicepValue
    {
        protected ProvisionableConstruct() => throw Missing();

        bool IBicepValue.IsEmpty => throw Missing();
    }

    public abstract class NamedProvisionableConstruct : ProvisionableConstruct
    {
        internal NamedProvisionableConstruct() => throw Missing();
    }

    public abstract class ProvisionableResource : NamedProvisionableConstruct
    {
        internal ProvisionableResource() => throw Missing();
    }
}
