using Microsoft.Extensions.Options;
using Voice.Inference.TranscriptionJobs.Api;
using Voice.Inference.TranscriptionJobs.Work;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace Voice.Inference.TranscriptionJobs;

internal static class TranscriptionJobServiceCollectionExtensions
{
    /// <summary>After uploads and webhooks.</summary>
    public static void AddTranscriptionJobs(this WebApplicationBuilder builder, string schema)
    {
        var services = builder.Services;
        services.AddSectionOptions<TranscriptionJobOptions, TranscriptionJobOptionsValidator>(TranscriptionJobOptions.Section);
        services.AddSingleton<JobEnding>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<JobSignals>();
        services.AddHostedService(provider => provider.GetRequiredService<JobSignals>());
        services.AddHostedService<JobUpkeep>();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<NewJob>();
        services.AddSingleton<SessionRecordings>();
        services.AddSingleton<JobAudio>();
        services.AddSingleton<PartTranscriber>();
        services.AddSingleton<JobSteps>();
        // Hours of audio come over it; the time limit is the bus's lease and the job's cancellation.
        services.AddHttpClient(SessionRecordings.ClientName, (provider, client) =>
        {
            client.BaseAddress = provider.GetRequiredService<IConfiguration>().GetServiceUri(ServiceNames.VoiceApi);
            client.Timeout = Timeout.InfiniteTimeSpan;
        });
        builder.AddSubscription(
            Subscriptions.TranscriptionJobs, schema, provider => provider.GetRequiredService<IOptions<TranscriptionJobOptions>>().Value.PartsAtOnce)
            .AddHandler<TranscriptionWork, TranscriptionWorkHandler>();
    }
}
