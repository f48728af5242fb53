using Microsoft.Extensions.Configuration;

namespace Voice.AppHost.Azure;

internal static class ModelExtensions
{
    private const string ConnectionName = "openai";
    private const string Transcription = "transcription";
    private const string Speech = "speech";

    /// <summary>Azure OpenAI when published (chat runs on our own GPU, see PublishOnGpu); on one machine whatever ConnectionStrings:openai of
    /// the AppHost names, and the embedded engines where it names nothing.</summary>
    public static HostedModels? AddModels(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            var account = builder.AddAzureOpenAI(ConnectionName);
            account.AddDeployment(Transcription, "gpt-4o-mini-transcribe", "2025-03-20").WithProperties(d =>
            {
                d.SkuName = "GlobalStandard";
                d.SkuCapacity = 100;
            });
            account.AddDeployment(Speech, "gpt-4o-mini-tts", "2025-03-20").WithProperties(d =>
            {
                d.SkuName = "GlobalStandard";
                d.SkuCapacity = 100;
            });
            return new HostedModels(account, ReferenceExpression.Create($"{account.Resource.UriExpression}openai/v1"));
        }

        return builder.Configuration.GetConnectionString(ConnectionName) is { Length: > 0 }
            ? new HostedModels(builder.AddConnectionString(ConnectionName), BaseUrl: null)
            : null;
    }

    public static IResourceBuilder<ProjectResource> WithModels(this IResourceBuilder<ProjectResource> service, HostedModels? models)
    {
        if (models is null)
        {
            return service;
        }

        service.WithReference(models.Account);
        return models.BaseUrl is null
            ? service
            : service.WithEngine("Transcription", models.BaseUrl, Transcription).WithEngine("Speech", models.BaseUrl, Speech);
    }

    private static IResourceBuilder<ProjectResource> WithEngine(
        this IResourceBuilder<ProjectResource> service, string engine, ReferenceExpression baseUrl, string deployment) => service
        .WithEnvironment($"Engines__{engine}__Engine", "openai")
        .WithEnvironment($"Engines__{engine}__BaseUrl", baseUrl)
        .WithEnvironment($"Engines__{engine}__Model", deployment);
}
