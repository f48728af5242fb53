using Microsoft.Extensions.Options;
using Voice.Core.Simulation;
using Voice.Inference.Audio;
using Voice.Inference.Chat;
using Voice.Inference.Decoding;
using Voice.Inference.Engines;
using Voice.Inference.Languages;
using Voice.Inference.Models;
using Voice.Inference.Pipelines;
using Voice.Inference.ModelServers;
using Voice.Inference.Processes;
using Voice.Inference.Providers;
using Voice.Inference.Providers.Catalogue;
using Voice.Inference.Providers.Configuration;
using Voice.Inference.Realtime;
using Voice.Inference.Speech;
using Voice.Inference.Transcription;
using Voice.Inference.TranscriptionJobs;
using Voice.Inference.TranscriptionJobs.Api;
using Voice.Inference.Translation;
using Voice.Inference.Uploads;
using Voice.Inference.Upstream;
using Voice.Inference.Usage;
using Voice.Inference.Voices;
using Voice.Inference.Webhooks;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Http;
using Voice.ServiceDefaults.Http.Idempotency;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Identity;

namespace Voice.Inference;

internal static class InferenceServiceCollectionExtensions
{
    public const string Schema = "inference";

    public static WebApplicationBuilder AddInference(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<EngineOptions, EngineOptionsValidator>().BindConfiguration(EngineOptions.Section);
        services.AddSingleton<IPostConfigureOptions<EngineOptions>, OpenAiConnection>();
        services.AddOptionsWithValidateOnStart<DecoderOptions, DecoderOptionsValidator>().BindConfiguration(DecoderOptions.Section);
        services.AddOptionsWithValidateOnStart<SpeakerOptions, SpeakerOptionsValidator>().BindConfiguration(SpeakerOptions.Section);

        services.AddEnginePool<DecoderPool>("decoders");
        services.AddEnginePool<SpeakerPool>("speakers");
        services.AddSingleton<SphinxTranscriber>();
        services.AddSingleton<FliteSynthesizer>();
        services.AddSingleton<EspeakSynthesizer>();
        services.AddSingleton<EmbeddedSynthesizer>();
        services.AddSingleton<ApertiumPipelines>();
        services.AddSingleton<EmbeddedTranslator>();
        services.AddSingleton<ExtractiveChatClient>();

        services.AddSingleton(provider => provider.GetRequiredService<IOptions<EngineOptions>>().Value.Simulated);
        services.AddSingleton<SimulatedTranscriber>();
        services.AddSingleton<SimulatedChatClient>();
        services.AddSingleton<SimulatedSynthesizer>();

        // The time limits are each capability's own, in UpstreamServer.
        services.AddHttpClient(ProviderHttp.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(ProviderHttp.CreateHandler).AddAzureOpenAiTokens();
        services.AddSingleton<ProviderHttp>();
        services.AddSingleton<UpstreamServer>();
        builder.AddProviders();
        services.AddModelServers();
        services.AddSingleton<EngineCatalog>();
        services.AddOptionsWithValidateOnStart<FfmpegOptions, FfmpegOptionsValidator>().BindConfiguration(FfmpegOptions.Section);
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<SpeechEncoder>();
        services.AddSingleton<VoiceCatalog>();
        services.AddSingleton<VoiceSamples>();
        services.AddSingleton<AudioDecoder>();
        services.AddSingleton<AudioFileReader>();
        services.AddSingleton<FileTranscription>();
        builder.AddRecords();
        return builder;
    }

    public static WebApplication MapInference(this WebApplication app)
    {
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(15) });
        app.UseMiddleware<UsageRecording>();
        var group = app.MapGroup("/v1").RequireScope(Scopes.SpeechUse).AddEndpointFilter<EngineErrorFilter>();
        group.MapTranscriptionApi();
        group.MapAudioTranslationApi();
        group.MapSpeechApi();
        group.MapChatApi();
        group.MapTranslationApi();
        group.MapModelsApi();
        group.MapRealtimeApi();
        if (app.Services.GetService<UploadStore>() is not null)
        {
            app.MapUploadsApi();
            app.MapTranscriptionJobsApi();
        }

        app.MapPipelines();
        app.MapProvidersApi();
        var own = app.MapGroup("/api/v1").RequireScope(Scopes.SpeechUse).AddEndpointFilter<EngineErrorFilter>();
        own.MapTranslateApi();
        own.MapLanguagesApi();
        own.MapVoicesApi();
        return app;
    }

    /// <summary>
    /// Only for what is counted or kept: the engines themselves need no database and no Blob Storage, and behind no gateway the worker runs without.
    /// </summary>
    private static void AddRecords(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString("voicedb") is not { Length: > 0 })
        {
            return;
        }

        builder.AddDatabase(Schema);
        builder.AddOutbox(Schema);
        builder.AddIdentityTokens(Schema);
        builder.AddIdempotency(Schema);
        builder.Services.AddProviderRecords();
        if (builder.Configuration.GetConnectionString("blobs") is { Length: > 0 })
        {
            builder.AddBlobs();
            builder.Services.AddUploads();
            builder.Services.AddWebhooks();
            builder.AddTranscriptionJobs(Schema);
            builder.Services.AddPipelines();
        }
    }

    private static void AddEnginePool<TPool>(this IServiceCollection services, string name)
        where TPool : EnginePool
    {
        services.AddSingleton<TPool>();
        services.AddHostedService(provider => provider.GetRequiredService<TPool>());
        services.AddHealthChecks().AddCheck<TPool>(name);
    }
}
