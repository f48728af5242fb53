// The platform on one page: infrastructure -> services -> edge. The same page runs as plain processes on one machine
// (offline/Hosting), as containers under Aspire, and as Azure Container Apps when published. What only Azure needs is behind
// the verbs in Azure/.
using Voice.AppHost;
using Voice.AppHost.Azure;

var builder = DistributedApplication.CreateBuilder(args);
builder.AddAzureEnvironment();

// Made up once per installation and kept by the host (user secrets, or .data/ of the offline runner); prompted for when published.
var signingKey = builder.AddGeneratedSecret("auth-signing-key");
var adminPassword = builder.AddGeneratedSecret("admin-password");
var apiKey = builder.AddGeneratedSecret("seed-api-key");

var voicedb = builder.AddAzurePostgresFlexibleServer("postgres").RunAsContainer(c => c.WithDataVolume()).AddDatabase("voicedb");
var cache = builder.AddAzureManagedRedis("cache").RunAsContainer();
var blobs = builder.AddAzureStorage("storage").RunAsEmulator(e => e.WithDataVolume()).AddBlobs("blobs");
var messaging = builder.AddMessaging();
var openai = builder.AddModels();

var inference = builder.AddProject<Projects.Inference_Worker>("inference-worker")
    .WithEnvironment("Auth__SigningKey", signingKey)
    .WithHttpHealthCheck("/health")
    .WithModels(openai)
    .PublishOnGpu();

var voiceApi = builder.AddProject<Projects.Voice_Api>("voice-api")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(cache).WaitFor(cache)
    .WithReference(blobs).WaitFor(blobs)
    .WithReference(inference).WaitFor(inference)
    .WithMessaging(messaging)
    .WithEnvironment("Auth__SigningKey", signingKey)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnSessions();

var safety = builder.AddProject<Projects.Safety_Worker>("safety-worker")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(cache).WaitFor(cache)
    .WithMessaging(messaging)
    .WithEnvironment("Auth__SigningKey", signingKey)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnMessages(messaging, Subscriptions.Safety);

var export = builder.AddProject<Projects.Export_Worker>("export-worker")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(blobs).WaitFor(blobs)
    .WithMessaging(messaging)
    .WithEnvironment("Auth__SigningKey", signingKey)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnMessages(messaging, Subscriptions.Export);

var web = builder.AddProject<Projects.Web>("web")
    .WithReference(voiceApi).WaitFor(voiceApi)
    .WithReference(safety)
    .WithReference(export)
    .WithEnvironment("Auth__SigningKey", signingKey)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnRequests();

builder.AddProject<Projects.Gateway>("gateway")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(voiceApi).WaitFor(voiceApi)
    .WithReference(inference).WaitFor(inference)
    .WithReference(safety).WaitFor(safety)
    .WithReference(export).WaitFor(export)
    .WithReference(web).WaitFor(web)
    .WithEnvironment("Auth__SigningKey", signingKey)
    .WithEnvironment("Seed__AdminPassword", adminPassword)
    .WithEnvironment("Seed__ApiKey", apiKey)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .PublishScaledOnRequests();

builder.Build().Run();
