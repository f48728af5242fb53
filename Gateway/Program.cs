using Voice.Gateway;
using Voice.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase("identity");
builder.AddCache(essential: false);
builder.AddGatewayIdentity();
builder.AddGatewayProxy();

var app = builder.Build();
app.UseGateway();
app.MapGateway();
app.Run();

public partial class Program;
