using Voice.Api.Http;
using Voice.Api.Providers;
using Voice.Api.Realtime;
using Voice.Api.Realtime.ClientSecrets;
using Voice.Api.Sessions;
using Voice.Api.SpeechCache;
using Voice.Api.Tools;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Messaging;

var builder = WebApplication.CreateBuilder(args);
// Recordings are what the worker of inference may have, to transcribe them for their organization; nothing else.
builder.AddServiceDefaults([TrustedIssuer.Gateway, new(ServiceNames.Inference, ScopeSet.Of(Scopes.SessionsRead))]);
builder.AddDatabase("voice");
builder.AddIdentityTokens("voice");
builder.AddCache();
builder.AddBlobs();
builder.AddOutbox("voice");
builder.AddApi();
builder.AddProviders();
builder.UseSpeechCache();
builder.AddTools();
builder.AddSessions();
builder.AddRealtime();

var app = builder.Build();
app.UseServiceDefaults();
app.UseRealtime();
app.MapApi();
app.MapRealtimeApi();
app.MapClientSecretsApi();
app.MapDefaultEndpoints();
app.Run();

public partial class Program;
