using Voice.Inference;
using Voice.Inference.Processes;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;

// A decoder or a speaker is this program too, as a child of the worker.
if (EngineHost.IsEngine(args))
{
    return EngineHost.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
// Conversations are the voice API's, and it may do for them what engines are for, nothing else.
builder.AddServiceDefaults([TrustedIssuer.Gateway, new(ServiceNames.VoiceApi, ScopeSet.Of(Scopes.SpeechUse))]);
builder.AddInference();
builder.AddApiDocument();

var app = builder.Build();
app.UseServiceDefaults();
app.MapInference();
app.MapDefaultEndpoints();

app.Run();
return 0;

public partial class Program;
