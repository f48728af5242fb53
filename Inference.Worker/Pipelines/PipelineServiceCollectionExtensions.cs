using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Voice.Inference.Pipelines.Actions;
using Voice.Inference.Pipelines.Api;
using Voice.Inference.Pipelines.Bulk;
using Voice.Inference.Pipelines.Files;
using Voice.Inference.Pipelines.Runs;
using Voice.Inference.Pipelines.Seeds;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Http.Outbound;

namespace Voice.Inference.Pipelines;

internal static class PipelineServiceCollectionExtensions
{
    /// <summary>Pipelines, their runs, and the worker that does the steps. After database, outbox and Blob Storage.</summary>
    public static IServiceCollection AddPipelines(this IServiceCollection services)
    {
        services.AddSectionOptions<PipelineOptions, PipelineOptionsValidator>(PipelineOptions.Section);
        services.AddSingleton<StarterPipelines>();
        services.AddSingleton<PipelineStore>();
        services.AddSingleton<PipelineFiles>();
        services.AddSingleton<RunLoader>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<RunEvents>();
        services.AddSingleton<RunReader>();
        services.AddSingleton<RunRequests>();
        services.AddSingleton<RunServices>();
        services.AddSingleton<BulkStore>();
        services.AddSingleton<BulkRelease>();
        services.AddSingleton<StepQueue>();
        services.AddSingleton<StepSettling>();
        services.AddSingleton<StepRunner>();
        services.TryAddSingleton(provider => new PipelineConnector(new OutboundConnector(provider.GetRequiredService<IOptions<PipelineOptions>>().Value.Http)));
        services.AddSingleton<ChatCalls>();
        services.AddSingleton<IStepAction, TranscribeAction>();
        services.AddSingleton<IStepAction, TranslateAction>();
        services.AddSingleton<IStepAction, ChatAction>();
        services.AddSingleton<IStepAction, SpeakAction>();
        services.AddSingleton<IStepAction, SummariseAction>();
        services.AddSingleton<IStepAction, DetectAction>();
        services.AddSingleton<IStepAction, HttpAction>();
        services.AddSingleton<RunSignals>();
        services.AddHostedService(provider => provider.GetRequiredService<RunSignals>());
        services.AddHostedService<StepWorker>();
        return services;
    }

    /// <summary>Everything about pipelines below <c>/api/v1</c>, where the worker has what they are kept in.</summary>
    public static WebApplication MapPipelines(this WebApplication app)
    {
        if (app.Services.GetService<PipelineStore>() is not null)
        {
            app.MapPipelinesApi();
            app.MapRunsApi();
            app.MapBulkRunsApi();
        }

        return app;
    }
}
