using Voice.Export.Exports;
using Voice.ServiceDefaults.OpenApi;
using Voice.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddDatabase("export");
builder.AddBlobs();
builder.AddExports();
builder.AddApiDocument();

var app = builder.Build();

app.UseServiceDefaults();
app.MapExportsApi();
app.MapDefaultEndpoints();

app.Run();

public partial class Program;
