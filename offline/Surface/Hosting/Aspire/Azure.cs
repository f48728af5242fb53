using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using Azure.Provisioning;
using static VoiceAspire.Offline.Surface.AzureSignature;

// Aspire.Hosting.Azure 13.5, as far as AppHost/Azure uses it.
namespace Aspire.Hosting
{
    public static class AzureBicepResourceExtensions
    {
        public static IResourceBuilder<AzureBicepResource> AddBicepTemplate(this IDistributedApplicationBuilder builder, string name, string bicepFile) =>
            throw Missing();

        public static IResourceBuilder<T> WithParameter<T>(this IResourceBuilder<T> builder, string name, string value)
            where T : AzureBicepResource => throw Missing();

        public static IResourceBuilder<T> WithParameter<T>(this IResourceBuilder<T> builder, string name, BicepOutputReference value)
            where T : AzureBicepResource => throw Missing();

        public static IResourceBuilder<T> WithParameter<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
            where T : AzureBicepResource => throw Missing();

        public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IAzureKeyVaultSecretReference secretReference)
            where T : IResourceWithEnvironment => throw Missing();
    }

    public static class AzureProvisioningResourceExtensions
    {
        public static IResourceBuilder<T> ConfigureInfrastructure<T>(this IResourceBuilder<T> builder, Action<AzureResourceInfrastructure> configure)
            where T : AzureProvisioningResource => throw Missing();

        public static ProvisioningParameter AsProvisioningParameter(
            this IResourceBuilder<ParameterResource> parameterResourceBuilder, AzureResourceInfrastructure infrastructure, string? parameterName = null) =>
            throw Missing();

        public static ProvisioningParameter AsProvisioningParameter(
            this BicepOutputReference outputReference, AzureResourceInfrastructure infrastructure, string? parameterName = null) => throw Missing();
    }
}

namespace Aspire.Hosting.Azure
{
    public sealed class AzureResourceInfrastructure : Infrastructure
    {
        internal AzureResourceInfrastructure() => throw Missing();
    }

    public interface IAzureKeyVaultSecretReference : IExpressionValue
    {
        string SecretName { get; }
    }

    public sealed class AzureUserAssignedIdentityResource : AzureProvisioningResource
    {
        internal AzureUserAssignedIdentityResource()
            : base("") => throw Missing();

        public BicepOutputReference Id => throw Missing();
    }

    public static class AzureUserAssignedIdentityExtensions
    {
        public static IResourceBuilder<AzureUserAssignedIdentityResource> AddAzureUserAssignedIdentity(
            this IDistributedApplicationBuilder builder, string name) => throw Missing();

        public static IResourceBuilder<T> WithAzureUserAssignedIdentity<T>(
            this IResourceBuilder<T> builder, IResourceBuilder<AzureUserAssignedIdentityResource> identityResourceBuilder)
            where T : IComputeResource => throw Missing();
    }
}
