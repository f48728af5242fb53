using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Azure;
using VoiceAspire.Offline.Surface;

// Aspire.Hosting.Azure.CognitiveServices 13.5, as far as AppHost/Azure uses it.
namespace Aspire.Hosting
{
    public static class AzureOpenAIExtensions
    {
        public static IResourceBuilder<AzureOpenAIResource> AddAzureOpenAI(this IDistributedApplicationBuilder builder, string name) =>
            throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");

        public static IResourceBuilder<AzureOpenAIDeploymentResource> AddDeployment(
            this IResourceBuilder<AzureOpenAIResource> builder, string name, string modelName, string modelVersion) =>
            throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");

        public static IResourceBuilder<AzureOpenAIDeploymentResource> WithProperties(
            this IResourceBuilder<AzureOpenAIDeploymentResource> builder, Action<AzureOpenAIDeploymentResource> configure) =>
            throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    public class AzureOpenAIResource : AzureProvisioningResource, IResourceWithConnectionString
    {
        internal AzureOpenAIResource()
            : base("") => throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");

        public ReferenceExpression UriExpression => throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");
    }

    public class AzureOpenAIDeploymentResource : Resource
    {
        internal AzureOpenAIDeploymentResource()
            : base("") => throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");

        public int SkuCapacity
        {
            get => throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");
            set => throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");
        }

        public string SkuName
        {
            get => throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");
            set => throw SignatureOnly.Of("Aspire.Hosting.Azure.CognitiveServices");
        }
    }
}
