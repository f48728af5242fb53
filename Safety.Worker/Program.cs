using Voice.Safety.Interventions;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase("safety");
builder.AddCache();
builder.AddInterventions();
builder.AddApiDocument();

var app = builder.Build();

app.UseServiceDefaults();
app.MapInterventionsApi();
app.MapDefaultEndpoints();

app.Run();

public partial class Program;
