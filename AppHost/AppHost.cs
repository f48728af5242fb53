// The platform on one page: infrastructure -> services -> edge. The same page runs as plain processes on one machine
// (offline/Hosting), as containers under Aspire, and as Azure Container Apps when published. What only Azure needs is behind
// the verbs in Azure/; on one machine those do nothing.
using Voice;
using Voice.AppHost.Azure;

var builder = DistributedApplication.CreateBuilder(args);
var azure = builder.AddAzureEnvironment();

// Made up once per installation and kept by the host: user secrets, .data/ of the offline runner, or Key Vault when published. Each service
// has one of its own besides, from which nobody else can derive anything.
var adminPassword = builder.AddGeneratedSecret("admin-password", azure);
var apiKey = builder.AddGeneratedSecret("seed-api-key", azure);

var voicedb = builder.AddAzurePostgresFlexibleServer("postgres").RunAsContainer(c => c.WithDataVolume()).AddDatabase("voicedb");
var cache = builder.AddAzureManagedRedis("cache").RunAsContainer();
var blobs = builder.AddAzureStorage("storage").RunAsEmulator(e => e.WithDataVolume()).AddBlobs("blobs");
var messaging = builder.AddMessaging();
var models = builder.AddModels();

var inference = builder.AddProject<Projects.Inference_Worker>("inference-worker")
    .WithModels(models)
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(blobs).WaitFor(blobs)
    .WithMessaging(messaging).WithSecretOfItsOwn(azure)
    .WithHttpHealthCheck("/health")
    .PublishOnGpu(azure, messaging);

var voiceApi = builder.AddProject<Projects.Voice_Api>("voice-api")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(cache).WaitFor(cache)
    .WithReference(blobs).WaitFor(blobs)
    .WithReference(inference).WaitFor(inference)
    .WithMessaging(messaging).WithSecretOfItsOwn(azure)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnSessions(azure);

var safety = builder.AddProject<Projects.Safety_Worker>("safety-worker")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(cache).WaitFor(cache)
    .WithMessaging(messaging).WithSecretOfItsOwn(azure)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnMessages(azure, messaging, Subscriptions.Safety);

var export = builder.AddProject<Projects.Export_Worker>("export-worker")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(blobs).WaitFor(blobs)
    .WithMessaging(messaging).WithSecretOfItsOwn(azure)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnMessages(azure, messaging, Subscriptions.Export);

var web = builder.AddProject<Projects.Web>("web")
    .WithReference(voiceApi).WaitFor(voiceApi)
    .WithReference(safety).WaitFor(safety)
    .WithReference(export).WaitFor(export)
    .WithSecretOfItsOwn(azure)
    .WithHttpHealthCheck("/health")
    .PublishScaledOnRequests(azure);

var gateway = builder.AddProject<Projects.Gateway>("gateway")
    .WithReference(voicedb).WaitFor(voicedb)
    .WithReference(cache).WaitFor(cache)
    .WithReference(voiceApi).WaitFor(voiceApi)
    .WithReference(inference).WaitFor(inference)
    .WithReference(safety).WaitFor(safety)
    .WithReference(export).WaitFor(export)
    .WithReference(web).WaitFor(web)
    .WithMessaging(messaging).WithSecretOfItsOwn(azure)
    .WithSecret("Seed__AdminPassword", adminPassword)
    .WithSecret("Seed__ApiKey", apiKey).IssuingTokens().WithEntraSignIn(azure)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .PublishScaledOnRequests(azure);

// Whose tokens each service believes. Nobody waits for it: keys are asked for when a token comes.
gateway.IsTrustedBy(inference, voiceApi, safety, export, web);
voiceApi.IsTrustedBy(inference);
builder.AddAlerts(azure, messaging);
builder.Build().Run();
