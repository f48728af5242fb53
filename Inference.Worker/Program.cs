using Voice.Inference;
using Voice.Inference.Processes;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults;

// A decoder or a speaker is this program too, as a child of the worker.
if (EngineHost.IsEngine(args))
{
    return EngineHost.Run(args);
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddInference();
builder.AddApiDocument();

var app = builder.Build();
app.UseServiceDefaults();
app.MapInference();
app.MapDefaultEndpoints();

app.Run();
return 0;

public partial class Program;
